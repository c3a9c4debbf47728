/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.h2.mvstore.WriteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The file below MVStore, with three things that the original lacks:
 * <ol>
 * <li>a full disk does not close the store: a write is retried until there is space, or
 * until the store is given up;</li>
 * <li>a reader that is interrupted does not close the file for everybody else;</li>
 * <li>large chunks are written in slices, and it is known when a commit has collected its
 * roots.</li>
 * </ol>
 */
final class StoreFile extends SingleFileStore {

    /** The unit in which MVStore counts the length of chunks. */
    private static final long BLOCK_BYTES = 4096;

    private static final int SLICE_BYTES = 1024 * 1024;

    private volatile Path path;

    private final WriteTrouble trouble;

    private volatile long rewriteBefore = Long.MAX_VALUE;

    private volatile int rewriteBelow = 100;

    private @Nullable Runnable rootsCollected;

    private volatile @Nullable FileChannel reader;

    @GuardedBy("readerLock")
    private boolean readerClosed;

    private final Object readerLock = new Object();

    StoreFile(Path path, Map<String, Object> config, WriteTrouble trouble) {
        super(config);
        this.path = path;
        this.trouble = trouble;
    }

    /**
     * Sets what is called once, by the thread that commits, as soon as the roots of the
     * next commit are collected.
     * @param action the action, or {@code null}
     */
    void onRootsCollected(@Nullable Runnable action) {
        this.rootsCollected = action;
    }

    /**
     * Tells that the file has another name now.
     * @param newPath the new name
     */
    void renamed(Path newPath) {
        this.path = newPath;
    }

    /**
     * Tells that the name belongs to another file now, so that it must not be opened
     * again.
     */
    void replaced() {
        synchronized (this.readerLock) {
            this.readerClosed = true;
        }
    }

    /**
     * Limits what is rewritten to gain space.
     * @param version chunks of this version and later ones stay
     * @param fillRate chunks with at least this percentage of live data stay
     */
    void rewriteOnlyBefore(long version, int fillRate) {
        this.rewriteBefore = version;
        this.rewriteBelow = fillRate;
    }

    /**
     * Tells whether there is space that could be used again if nobody needed it any more.
     * @param version only chunks before this version count
     * @return {@code true} if there is
     */
    boolean hasDeadBefore(long version) {
        return getChunks().values().stream().anyMatch((chunk) -> chunk.version < version && chunk.maxLenLive == 0);
    }

    /** Returns the size of the largest chunk. */
    long largestChunkBytes() {
        return getChunks().values().stream().mapToLong((chunk) -> chunk.len * BLOCK_BYTES).max().orElse(0);
    }

    @Override
    public Collection<SFChunk> getRewriteCandidates() {
        return getChunks().values()
            .stream()
            .filter((chunk) -> chunk.version < this.rewriteBefore
                    && chunk.maxLenLive * 100 < chunk.maxLen * this.rewriteBelow)
            .toList();
    }

    /** Returns the bytes that hold live data, as exactly as MVStore knows. */
    long inUseBytes() {
        long live = size() * getFillRate() / 100;
        return live * getChunksFillRate() / 100;
    }

    // The reader is opened here, and not when it is first needed, because the file may
    // have lost its name by then.
    @Override
    public void open(String fileName, boolean readOnly, char @Nullable [] encryptionKey) {
        super.open(fileName, readOnly, encryptionKey);
        this.reader = openReader();
    }

    // The first call that a commit makes after its roots are collected.
    @Override
    public WriteBuffer getWriteBuffer() {
        Runnable action = this.rootsCollected;
        if (action != null) {
            this.rootsCollected = null;
            action.run();
        }
        return super.getWriteBuffer();
    }

    @Override
    protected void writeFully(@Nullable SFChunk chunk, long pos, ByteBuffer src) {
        int end = src.limit();
        for (int from = src.position(); from < end; from += SLICE_BYTES) {
            int to = Math.min(from + SLICE_BYTES, end);
            writeSlice(chunk, pos + from - src.position(), src.duplicate().limit(to).position(from));
        }
        src.position(end);
    }

    private void writeSlice(@Nullable SFChunk chunk, long pos, ByteBuffer slice) {
        int from = slice.position();
        while (true) {
            try {
                super.writeFully(chunk, pos, slice);
                this.trouble.worked();
                return;
            }
            catch (MVStoreException ex) {
                if (!this.trouble.mayRetry(ex)) {
                    throw ex;
                }
                slice.position(from);
            }
        }
    }

    @Override
    public ByteBuffer readFully(@Nullable SFChunk chunk, long pos, int len) {
        boolean interrupted = false;
        try {
            while (true) {
                ByteBuffer target = ByteBuffer.allocate(len);
                try {
                    FileChannel channel = reader();
                    DataUtils.readFully(channel, pos, target);
                    this.readCount.incrementAndGet();
                    this.readBytes.addAndGet(len);
                    return target;
                }
                catch (MVStoreException ex) {
                    if (!(ex.getCause() instanceof ClosedChannelException)) {
                        throw ex;
                    }
                    // This thread, or another one inside a read, was interrupted; the
                    // next
                    // round opens the file anew, or finds that it was closed on purpose.
                    interrupted |= Thread.interrupted();
                }
            }
        }
        finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FileChannel reader() {
        FileChannel channel = this.reader;
        if (channel != null && channel.isOpen()) {
            return channel;
        }
        synchronized (this.readerLock) {
            channel = this.reader;
            if (channel == null || !channel.isOpen()) {
                if (this.readerClosed) {
                    throw DataUtils.newMVStoreException(DataUtils.ERROR_CLOSED, "The store is closed");
                }
                channel = openReader();
                this.reader = channel;
            }
            return channel;
        }
    }

    private FileChannel openReader() {
        try {
            return FileChannel.open(this.path, StandardOpenOption.READ);
        }
        catch (IOException ex) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "Could not open {0}", this.path, ex);
        }
    }

    @Override
    public void close() {
        super.close();
        synchronized (this.readerLock) {
            this.readerClosed = true;
            FileChannel channel = this.reader;
            if (channel != null) {
                try {
                    channel.close();
                }
                catch (IOException ex) {
                    throw DataUtils.newMVStoreException(DataUtils.ERROR_CLOSED, "Could not close {0}", this.path, ex);
                }
            }
        }
    }

}
