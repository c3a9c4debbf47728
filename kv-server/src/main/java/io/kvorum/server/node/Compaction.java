/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.kvorum.server.store.KvStore;

/**
 * Frees compacted revisions in small steps between batches, with pauses in which others
 * write. How far it got differs between members and is never visible to anybody.
 */
final class Compaction {

    private final KvStore store;

    private final Lock writer;

    private final ScheduledExecutorService executor;

    private final long pauseMillis;

    @GuardedBy("this")
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    @GuardedBy("this")
    private boolean running;

    Compaction(KvStore store, Lock writer, ScheduledExecutorService executor, Duration pause) {
        this.store = store;
        this.writer = writer;
        this.executor = executor;
        this.pauseMillis = pause.toMillis();
    }

    /** Begins, or goes on, freeing. */
    synchronized void wake() {
        if (!this.running) {
            this.running = true;
            this.executor.execute(this::step);
        }
    }

    CompletableFuture<Void> awaitDone() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            this.waiting.add(done);
        }
        wake();
        return done;
    }

    private void step() {
        boolean more;
        this.writer.lock();
        try {
            more = this.store.compactStep();
        }
        finally {
            this.writer.unlock();
        }
        if (more) {
            this.executor.schedule(this::step, this.pauseMillis, TimeUnit.MILLISECONDS);
            return;
        }
        List<CompletableFuture<Void>> done;
        synchronized (this) {
            this.running = false;
            done = new ArrayList<>(this.waiting);
            this.waiting.clear();
        }
        done.forEach((future) -> future.complete(null));
    }

}
