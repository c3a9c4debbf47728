/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/**
 * Linearizable reads: all reads that wait share one ReadIndex round (Raft 6.4), and a
 * round that is under way serves nobody who came after it began. Safe for any thread.
 */
final class ReadQueue {

    private final Supplier<CompletableFuture<Void>> readIndex;

    private final Clock clock;

    private final long timeoutNanos;

    private final int maxWaiting;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private Queue<Waiter> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean roundUnderWay;

    @GuardedBy("lock")
    private boolean retryDue;

    ReadQueue(Supplier<CompletableFuture<Void>> readIndex, Clock clock, NodeSettings settings) {
        this.readIndex = readIndex;
        this.clock = clock;
        this.timeoutNanos = settings.requestTimeout().toNanos();
        this.maxWaiting = settings.maxWaitingCommands();
    }

    /**
     * Completes when the applied state is at least as new as everything acknowledged
     * before the call.
     */
    CompletableFuture<Void> awaitCurrent() {
        Waiter waiter = new Waiter(new CompletableFuture<>(), this.clock.nanoTime() + this.timeoutNanos);
        synchronized (this.lock) {
            if (this.waiting.size() >= this.maxWaiting) {
                return CompletableFuture.failedFuture(new KvException(Code.TOO_MANY_REQUESTS));
            }
            this.waiting.add(waiter);
        }
        startRound();
        return waiter.future;
    }

    /** Gives up reads that waited too long and tries again after a failed round. */
    void tick() {
        long now = this.clock.nanoTime();
        List<Waiter> late = new ArrayList<>();
        synchronized (this.lock) {
            while (!this.waiting.isEmpty() && this.waiting.element().deadlineNanos - now <= 0) {
                late.add(this.waiting.remove());
            }
            this.retryDue = false;
        }
        late.forEach((waiter) -> waiter.future.completeExceptionally(new KvException(Code.TIMEOUT)));
        startRound();
    }

    private void startRound() {
        Queue<Waiter> round;
        synchronized (this.lock) {
            if (this.roundUnderWay || this.retryDue || this.waiting.isEmpty()) {
                return;
            }
            this.roundUnderWay = true;
            round = this.waiting;
            this.waiting = new ArrayDeque<>();
        }
        this.readIndex.get().whenComplete((done, failure) -> finishRound(round, failure));
    }

    private void finishRound(Queue<Waiter> round, @Nullable Throwable failure) {
        synchronized (this.lock) {
            this.roundUnderWay = false;
            if (failure != null) {
                // etcd tries again every 500 ms until the request's time is over; the
                // node's tick is our pace.
                round.addAll(this.waiting);
                this.waiting = round;
                this.retryDue = true;
                return;
            }
        }
        // The next round goes out before this one's reads are carried out: they overlap.
        startRound();
        round.forEach((waiter) -> waiter.future.complete(null));
    }

    private record Waiter(CompletableFuture<Void> future, long deadlineNanos) {
    }

}
