/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.option.SnapshotCopierOptions;
import com.alipay.sofa.jraft.storage.SnapshotStorage;
import com.alipay.sofa.jraft.storage.SnapshotThrottle;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotCopier;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Invariant;
import io.kvorum.server.raft.RaftStateMachine;
import io.kvorum.server.raft.disk.DamagedFileException;
import io.kvorum.server.raft.log.SegmentLogStorage;

/**
 * The engine's view of snapshots. Lives as long as the member. To the engine each mark is
 * a snapshot; its content is the state machine itself.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>The state contains every entry up to the mark.</li>
 * <li>The log contains every entry from the mark to its end.</li>
 * </ol>
 */
public final class MarkStorage implements SnapshotStorage {

    private static final Logger logger = LoggerFactory.getLogger(MarkStorage.class);

    private static final String SPOOL_PREFIX = "image-";

    private final Path directory;

    private final PeerId self;

    private final RaftStateMachine stateMachine;

    private final SegmentLogStorage log;

    private final SnapshotMark file;

    private final ImageSenders senders;

    private volatile @Nullable SnapshotMeta mark;

    private volatile @Nullable IOException failure;

    /**
     * Describes the storage; nothing is read.
     * @param directory where the mark is, and images while they are received
     * @param self this member's name in the engine
     * @param stateMachine the state
     * @param log the log, opened before this storage
     * @param fsync whether marks survive a power cut
     */
    public MarkStorage(Path directory, PeerId self, RaftStateMachine stateMachine, SegmentLogStorage log,
            boolean fsync) {
        this.directory = directory;
        this.self = self;
        this.stateMachine = stateMachine;
        this.log = log;
        this.file = new SnapshotMark(directory.resolve("snapshot-mark"), fsync);
        this.senders = new ImageSenders(stateMachine);
    }

    /**
     * Reads the mark and moves it to where the state already is, so that the engine
     * replays only what the state does not have.
     * @return {@code false} if state and log do not fit together; {@link #failure} says
     * why
     */
    @Override
    public boolean init(@Nullable Void options) {
        this.failure = null;
        try {
            Files.createDirectories(this.directory);
            deleteSpools();
            long applied = this.stateMachine.appliedIndex();
            SnapshotMeta stored = this.file.read(applied);
            this.mark = advance(stored, applied);
            verify(stored, applied);
            return true;
        }
        catch (IOException ex) {
            this.failure = ex;
            logger.error("Could not open the snapshot mark: directory={} reason={}", this.directory, ex.getMessage());
            return false;
        }
    }

    @Override
    public void shutdown() {
        this.senders.close();
    }

    /**
     * Returns why this storage cannot be used.
     * @return the last failure since {@link #init}, or {@code null}
     */
    public @Nullable IOException failure() {
        return this.failure;
    }

    /**
     * Tells whether an image is on its way to another member. The log behind the mark
     * must then stay, because the other member needs it next.
     * @return {@code true} if an image is being sent
     */
    public boolean isSending() {
        return this.senders.isActive();
    }

    /**
     * Replaces the state by an image that was received.
     * @param reader what the copier made
     * @throws IOException if the image is damaged or the disk refuses; mark and state are
     * then still the old ones
     */
    public void install(SnapshotReader reader) throws IOException {
        ReceivedImage image = (ReceivedImage) reader;
        SnapshotMeta meta = image.load();
        try {
            if (this.stateMachine.appliedIndex() < meta.getLastIncludedIndex()) {
                this.file.write(this.mark, meta);
                try (InputStream in = image.open()) {
                    this.stateMachine.install(in);
                }
                long applied = this.stateMachine.appliedIndex();
                Invariant.check(applied >= meta.getLastIncludedIndex(),
                        "The image of index %d brought the state only to index %d", meta.getLastIncludedIndex(),
                        applied);
                this.stateMachine.persist();
            }
            mark(meta);
            logger.info("Installed an image of the state: index={} appliedIndex={}", meta.getLastIncludedIndex(),
                    this.stateMachine.appliedIndex());
        }
        finally {
            image.close();
        }
    }

    @Override
    public boolean setFilterBeforeCopyRemote() {
        return false;
    }

    @Override
    public SnapshotWriter create() {
        return new MarkWriter(this);
    }

    @Override
    public @Nullable SnapshotReader open() {
        SnapshotMeta current = this.mark;
        return (current != null) ? new MarkReader(current, this.self, this.senders) : null;
    }

    @Override
    public @Nullable SnapshotReader copyFrom(String uri, SnapshotCopierOptions options) {
        SnapshotCopier copier = startToCopyFrom(uri, options);
        try {
            copier.join();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return null;
        }
        return copier.getReader();
    }

    @Override
    public SnapshotCopier startToCopyFrom(String uri, SnapshotCopierOptions options) {
        ImageCopier copier = new ImageCopier(uri, options.getRaftClientService(),
                this.directory.resolve(SPOOL_PREFIX + System.nanoTime()));
        copier.start();
        return copier;
    }

    @Override
    public void setSnapshotThrottle(SnapshotThrottle throttle) {
        throw new UnsupportedOperationException("Images are throttled by the member that receives them");
    }

    void mark(SnapshotMeta meta) throws IOException {
        try {
            this.file.write(meta);
        }
        catch (IOException ex) {
            this.failure = ex;
            throw ex;
        }
        this.mark = meta;
    }

    private void deleteSpools() throws IOException {
        List<Path> spools;
        try (Stream<Path> files = Files.list(this.directory)) {
            spools = files.filter((path) -> String.valueOf(path.getFileName()).startsWith(SPOOL_PREFIX)).toList();
        }
        for (Path spool : spools) {
            Files.delete(spool);
        }
    }

    private @Nullable SnapshotMeta advance(@Nullable SnapshotMeta stored, long applied) {
        long index = Math.min(applied, this.log.getLastLogIndex());
        if (index < this.log.getFirstLogIndex() || (stored != null && index <= stored.getLastIncludedIndex())) {
            return stored;
        }
        ConfigurationEntry configuration = this.log.configurationAt(index);
        SnapshotMeta.Builder meta;
        if (configuration != null) {
            meta = SnapshotMeta.newBuilder();
            configuration.getConf().listPeers().forEach((peer) -> meta.addPeers(peer.toString()));
            configuration.getConf().listLearners().forEach((peer) -> meta.addLearners(peer.toString()));
            configuration.getOldConf().listPeers().forEach((peer) -> meta.addOldPeers(peer.toString()));
            configuration.getOldConf().listLearners().forEach((peer) -> meta.addOldLearners(peer.toString()));
        }
        else if (stored != null) {
            meta = stored.toBuilder();
        }
        else {
            return null;
        }
        return meta.setLastIncludedIndex(index).setLastIncludedTerm(termAt(index)).build();
    }

    @SuppressWarnings("deprecation")
    private long termAt(long index) {
        return this.log.getTerm(index);
    }

    private void verify(@Nullable SnapshotMeta stored, long applied) throws IOException {
        if (stored != null && applied < stored.getLastIncludedIndex()) {
            throw new DamagedFileException(this.directory, 0, "the state contains entries up to " + applied
                    + ", but was durable up to " + stored.getLastIncludedIndex());
        }
        SnapshotMeta current = this.mark;
        long covered = (current != null) ? current.getLastIncludedIndex() : 0;
        if (this.log.getFirstLogIndex() > covered + 1) {
            throw new DamagedFileException(this.directory, 0, "the entries from " + (covered + 1) + " to "
                    + (this.log.getFirstLogIndex() - 1) + " are neither in the state nor in the log");
        }
        if (current == null && applied > 0 && this.log.getLastLogIndex() == 0) {
            throw new DamagedFileException(this.directory, 0,
                    "the state contains entries up to " + applied + ", but the log is gone");
        }
    }

}
