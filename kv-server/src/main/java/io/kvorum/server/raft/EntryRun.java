/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.raft.RaftStateMachine.CommittedEntry;
import org.jspecify.annotations.Nullable;

/**
 * The next entries of what the engine wants applied, up to a number and size, without
 * those that the state contains already. Stands on the last entry that it handed out, so
 * that the engine can be told that everything up to it is applied. Confined to the
 * engine's apply thread.
 */
final class EntryRun implements Iterator<CommittedEntry> {

    private static final int MAX_ENTRIES = 1024;

    private static final long MAX_BYTES = 8 << 20;

    private final com.alipay.sofa.jraft.Iterator source;

    private final long appliedIndex;

    private boolean onLast;

    private int entries;

    private long sizeBytes;

    /**
     * Begins a run.
     * @param source the engine's iterator, on an entry that was not handed out
     * @param appliedIndex entries up to it are skipped
     */
    EntryRun(com.alipay.sofa.jraft.Iterator source, long appliedIndex) {
        this.source = source;
        this.appliedIndex = appliedIndex;
    }

    @Override
    public boolean hasNext() {
        if (this.entries >= MAX_ENTRIES || this.sizeBytes >= MAX_BYTES) {
            return false;
        }
        leaveLast();
        while (this.source.hasNext() && this.source.getIndex() <= this.appliedIndex) {
            this.source.next();
        }
        return this.source.hasNext();
    }

    @Override
    public CommittedEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        this.onLast = true;
        Bytes data = bytes(this.source.getData());
        this.entries++;
        this.sizeBytes += data.length();
        return new CommittedEntry(this.source.getIndex(), this.source.getTerm(), data, attachment());
    }

    /** Tells the engine that all entries handed out are applied, and goes on. */
    void commit() {
        if (this.onLast) {
            this.source.commit();
        }
        leaveLast();
    }

    int entries() {
        return this.entries;
    }

    long sizeBytes() {
        return this.sizeBytes;
    }

    private void leaveLast() {
        if (this.onLast) {
            this.onLast = false;
            this.source.next();
        }
    }

    private @Nullable Object attachment() {
        return (this.source.done() instanceof Proposal proposal) ? proposal.committed() : null;
    }

    private static Bytes bytes(ByteBuffer data) {
        if (data.hasArray() && data.arrayOffset() == 0 && data.position() == 0
                && data.remaining() == data.array().length) {
            return Bytes.wrap(data.array());
        }
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        return Bytes.wrap(copy);
    }

}
