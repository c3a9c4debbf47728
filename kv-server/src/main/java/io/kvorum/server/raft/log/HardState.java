/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.entity.EnumOutter.ErrorType;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.raft.disk.ChecksummedFile;

/**
 * Term and vote on disk (Raft 5.1, 5.2). The engine calls it under its node's lock;
 * {@link #getTerm} is for any thread.
 *
 * <p>
 * The engine ignores the result of the methods that write: it would answer a candidate
 * with a vote that is not on disk, and after a crash vote again in the same term. So a
 * failed write puts the node into its error state, in which it answers no more votes, and
 * then throws, so that the answer under way becomes an error and not a vote.
 */
public final class HardState implements RaftMetaStorage {

    private static final Logger logger = LoggerFactory.getLogger(HardState.class);

    private static final int MAGIC = 0x4b565354;

    private static final int FORMAT_VERSION = 1;

    private final Path path;

    private final ChecksummedFile file;

    private @Nullable NodeImpl node;

    private volatile long term;

    private PeerId vote = PeerId.emptyPeer();

    private volatile @Nullable IOException failure;

    /**
     * Describes the file; nothing is read.
     * @param path where it is
     * @param fsync whether it survives a power cut
     */
    public HardState(Path path, boolean fsync) {
        this.path = path;
        this.file = new ChecksummedFile(path, MAGIC, FORMAT_VERSION, fsync);
    }

    /**
     * Reads what is on disk.
     * @return {@code false} if it cannot be used; {@link #failure} says why
     */
    @Override
    public boolean init(RaftMetaStorageOptions options) {
        this.node = options.getNode();
        this.failure = null;
        this.term = 0;
        this.vote = PeerId.emptyPeer();
        try {
            byte[] content = this.file.read();
            if (content != null) {
                this.term = ByteBuffer.wrap(content).getLong();
                String name = new String(content, Long.BYTES, content.length - Long.BYTES, StandardCharsets.UTF_8);
                this.vote.parse(name);
            }
            return true;
        }
        catch (IOException ex) {
            this.failure = ex;
            logger.error("Could not read term and vote: file={} reason={}", this.path, ex.getMessage());
            return false;
        }
    }

    @Override
    public void shutdown() {
        this.node = null;
    }

    /**
     * Returns why term and vote cannot be read or written.
     * @return the last failure since {@link #init}, or {@code null}
     */
    public @Nullable IOException failure() {
        return this.failure;
    }

    @Override
    public boolean setTerm(long newTerm) {
        return setTermAndVotedFor(newTerm, this.vote);
    }

    @Override
    public long getTerm() {
        return this.term;
    }

    @Override
    public boolean setVotedFor(PeerId candidate) {
        return setTermAndVotedFor(this.term, candidate);
    }

    @Override
    public PeerId getVotedFor() {
        return this.vote;
    }

    @Override
    public boolean setTermAndVotedFor(long newTerm, PeerId candidate) {
        byte[] name = (candidate.isEmpty() ? "" : candidate.toString()).getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(Long.BYTES + name.length).putLong(newTerm).put(name);
        try {
            this.file.write(content.array());
        }
        catch (IOException ex) {
            this.failure = ex;
            NodeImpl failed = this.node;
            if (failed != null) {
                failed.onError(new RaftException(ErrorType.ERROR_TYPE_META, RaftError.EIO,
                        "Could not write term and vote to %s: %s", this.path, ex.getMessage()));
            }
            throw new UncheckedIOException("Could not write term and vote to " + this.path, ex);
        }
        this.term = newTerm;
        this.vote = candidate.copy();
        return true;
    }

}
