/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.codec.v2.V2Decoder;
import com.alipay.sofa.jraft.entity.codec.v2.V2Encoder;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Clock;
import io.kvorum.server.raft.disk.DiskMetrics;

/**
 * The engine's view of the log on disk. Lives as long as the member; the engine opens it
 * with {@link #init} and closes it with {@link #shutdown} each time its node starts and
 * stops. Methods that write are called on the engine's disk thread only.
 */
public final class SegmentLogStorage implements LogStorage {

    /** A new segment begins when the last one has reached this size. */
    public static final long DEFAULT_SEGMENT_BYTES = 64L << 20;

    private static final Logger logger = LoggerFactory.getLogger(SegmentLogStorage.class);

    private final SegmentedLog log;

    private final Path directory;

    private final Runnable appended;

    private volatile @Nullable IOException failure;

    /** The engine asks for the last entry's term before it sends the next one. */
    private volatile @Nullable LogEntry newest;

    private @Nullable ConfigurationManager configurations;

    /**
     * Describes the log; nothing is opened.
     * @param directory where the segments are
     * @param segmentBytes size from which a new segment is begun
     * @param fsync whether appended entries survive a power cut
     * @param metrics where to report
     * @param clock measures syncs
     * @param appended runs after each batch, on the thread that appends
     */
    public SegmentLogStorage(Path directory, long segmentBytes, boolean fsync, DiskMetrics metrics, Clock clock,
            Runnable appended) {
        this.appended = appended;
        this.directory = directory;
        this.log = new SegmentedLog(directory, segmentBytes, fsync, metrics, clock);
    }

    /**
     * Opens the log and tells the engine which configurations it contains.
     * @return {@code false} if it cannot be used; {@link #failure} says why
     */
    @Override
    public boolean init(LogStorageOptions options) {
        this.failure = null;
        this.newest = null;
        ConfigurationManager manager = options.getConfigurationManager();
        this.configurations = manager;
        try {
            this.log.open((byte) EntryType.ENTRY_TYPE_CONFIGURATION_VALUE,
                    (record) -> manager.add(configurationOf(decode(record))));
            return true;
        }
        catch (IOException ex) {
            fail("open the log", ex);
            return false;
        }
    }

    @Override
    public void shutdown() {
        this.newest = null;
        this.log.close();
    }

    /**
     * Returns why the log cannot be used.
     * @return the last failure since {@link #init}, or {@code null}
     */
    public @Nullable IOException failure() {
        return this.failure;
    }

    /**
     * Returns the configuration of the group that was in force at an index, as far as the
     * log still knows it.
     * @param index the index
     * @return the configuration, or {@code null}
     */
    public @Nullable ConfigurationEntry configurationAt(long index) {
        ConfigurationEntry entry = Objects.requireNonNull(this.configurations).get(index);
        return (entry == null || entry.isEmpty()) ? null : entry;
    }

    /**
     * Returns how much of the log lies behind an index.
     * @param index the index
     * @return the bytes of the entries after it
     */
    public long sizeBytesBehind(long index) {
        return this.log.sizeBytesBehind(index);
    }

    @Override
    public long getFirstLogIndex() {
        return this.log.firstIndex();
    }

    @Override
    public long getLastLogIndex() {
        return this.log.lastIndex();
    }

    @Override
    public @Nullable LogEntry getEntry(long index) {
        LogEntry last = this.newest;
        if (last != null && last.getId().getIndex() == index) {
            return last;
        }
        try {
            LogRecord record = this.log.read(index);
            return (record != null) ? decode(record) : null;
        }
        catch (IOException ex) {
            fail("read entry " + index + " of the log", ex);
            return null;
        }
    }

    @Override
    @Deprecated
    public long getTerm(long index) {
        LogEntry entry = getEntry(index);
        return (entry != null) ? entry.getId().getTerm() : 0;
    }

    @Override
    public boolean appendEntry(LogEntry entry) {
        return appendEntries(List.of(entry)) == 1;
    }

    @Override
    public int appendEntries(List<LogEntry> entries) {
        List<LogRecord> records = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            records.add(encode(entry));
        }
        try {
            this.log.append(records);
            this.newest = entries.get(entries.size() - 1);
            this.appended.run();
            return entries.size();
        }
        catch (IOException ex) {
            fail("append to the log", ex);
            return 0;
        }
    }

    @Override
    public boolean truncatePrefix(long firstIndexKept) {
        this.newest = null;
        try {
            this.log.truncatePrefix(firstIndexKept);
            return true;
        }
        catch (IOException ex) {
            fail("drop the beginning of the log", ex);
            return false;
        }
    }

    @Override
    public boolean truncateSuffix(long lastIndexKept) {
        this.newest = null;
        try {
            this.log.truncateSuffix(lastIndexKept);
            return true;
        }
        catch (IOException ex) {
            fail("drop the end of the log", ex);
            return false;
        }
    }

    @Override
    public boolean reset(long nextLogIndex) {
        this.newest = null;
        try {
            this.log.reset(nextLogIndex);
            return true;
        }
        catch (IOException ex) {
            fail("begin a new log", ex);
            return false;
        }
    }

    private void fail(String action, IOException ex) {
        this.failure = ex;
        logger.error("Could not {}: directory={} reason={}", action, this.directory, ex.getMessage());
    }

    private static LogRecord encode(LogEntry entry) {
        ByteBuffer data = entry.getData();
        if (entry.getType() == EntryType.ENTRY_TYPE_CONFIGURATION) {
            data = ByteBuffer.wrap(V2Encoder.INSTANCE.encode(entry));
        }
        return new LogRecord(entry.getId().getIndex(), entry.getId().getTerm(), (byte) entry.getType().getNumber(),
                (data != null) ? data : LogEntry.EMPTY_DATA);
    }

    private static LogEntry decode(LogRecord record) {
        if (record.type() == EntryType.ENTRY_TYPE_CONFIGURATION_VALUE) {
            byte[] bytes = new byte[record.data().remaining()];
            record.data().duplicate().get(bytes);
            return Objects.requireNonNull(V2Decoder.INSTANCE.decode(bytes));
        }
        LogEntry entry = new LogEntry(EntryType.forNumber(record.type()));
        entry.setId(new LogId(record.index(), record.term()));
        entry.setData(record.data());
        return entry;
    }

    private static ConfigurationEntry configurationOf(LogEntry entry) {
        Configuration old = new Configuration();
        List<PeerId> oldPeers = entry.getOldPeers();
        if (oldPeers != null) {
            old = new Configuration(oldPeers, entry.getOldLearners());
        }
        return new ConfigurationEntry(entry.getId(), new Configuration(entry.getPeers(), entry.getLearners()), old);
    }

}
