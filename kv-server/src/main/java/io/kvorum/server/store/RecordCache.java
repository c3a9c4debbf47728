/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Decoded records by revision, so that a range over hot keys does not descend into the
 * log for each of them. A record has one slot; the newer one stays. Bounded in bytes.
 * Safe for any thread.
 */
final class RecordCache {

    /** Larger records would push too many others out. */
    private static final int MAX_RECORD_BYTES = 16 * 1024;

    /** What a record is taken to need when the number of slots is chosen. */
    private static final int TYPICAL_RECORD_BYTES = 256;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final AtomicReferenceArray<@Nullable LogRecord> slots;

    private final int shift;

    private final long maxBytes;

    private final AtomicLong bytes = new AtomicLong();

    RecordCache(long maxBytes) {
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(maxBytes / TYPICAL_RECORD_BYTES, 16) - 1);
        this.slots = new AtomicReferenceArray<>(1 << bits);
        this.shift = 64 - bits;
        this.maxBytes = maxBytes;
    }

    @Nullable LogRecord get(long revision) {
        LogRecord found = this.slots.getAcquire(slot(revision));
        return (found != null && found.revision() == revision) ? found : null;
    }

    void put(LogRecord newcomer) {
        int size = newcomer.memoryBytes();
        if (size > MAX_RECORD_BYTES) {
            return;
        }
        int slot = slot(newcomer.revision());
        LogRecord old = this.slots.getAcquire(slot);
        int freed = (old != null) ? old.memoryBytes() : 0;
        if (size > freed && this.bytes.get() + size - freed > this.maxBytes) {
            return;
        }
        if (this.slots.compareAndSet(slot, old, newcomer)) {
            this.bytes.addAndGet(size - freed);
        }
    }

    /**
     * Forgets a record whose transaction was rolled back: its revision will be used
     * again.
     * @param revision the packed revision
     */
    void remove(long revision) {
        int slot = slot(revision);
        LogRecord old = this.slots.getAcquire(slot);
        if (old != null && old.revision() == revision && this.slots.compareAndSet(slot, old, null)) {
            this.bytes.addAndGet(-old.memoryBytes());
        }
    }

    private int slot(long revision) {
        return (int) ((revision * MIX) >>> this.shift);
    }

}
