/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Slows down the thread that appends to the log while the state machine is behind. The
 * engine keeps every entry in memory until it is applied, and a member that catches up
 * receives entries much faster than it applies them.
 *
 * <p>
 * The appending thread is never held for long: whether entries can be applied may depend
 * on messages that come after them.
 */
final class ApplyGate {

    private static final long MAX_BYTES_BEHIND = 64L << 20;

    private static final long MAX_PAUSE_MILLIS = 250;

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition applied = this.lock.newCondition();

    private volatile @Nullable LongSupplier bytesBehind;

    /** Tells how to find out how much is not applied. */
    void measure(LongSupplier bytesBehind) {
        this.bytesBehind = bytesBehind;
    }

    /** Called after entries were appended, on the appending thread. */
    void pause() {
        LongSupplier behind = this.bytesBehind;
        if (behind == null || behind.getAsLong() <= MAX_BYTES_BEHIND) {
            return;
        }
        long nanos = TimeUnit.MILLISECONDS.toNanos(MAX_PAUSE_MILLIS);
        this.lock.lock();
        try {
            while (nanos > 0 && behind.getAsLong() > MAX_BYTES_BEHIND) {
                nanos = this.applied.awaitNanos(nanos);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Called after entries were applied, on the applying thread. */
    void advanced() {
        this.lock.lock();
        try {
            this.applied.signalAll();
        }
        finally {
            this.lock.unlock();
        }
    }

}
