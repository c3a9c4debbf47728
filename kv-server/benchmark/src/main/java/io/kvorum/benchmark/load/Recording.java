/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.grpc.Status;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** Latencies and errors of a run. Safe for all event loops. */
final class Recording {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    private final ConcurrentHistogram histogram = new ConcurrentHistogram(LONGEST_MICROS, 3);

    private final LongAdder ops = new LongAdder();

    private final LongAdder errors = new LongAdder();

    private final AtomicReference<@Nullable String> firstError = new AtomicReference<>();

    private volatile long measureFrom;

    private volatile long measureUntil;

    private volatile boolean stopped;

    /** Begins the warm-up; comes before the first operation. */
    void start(LoadPlan plan) {
        this.measureFrom = System.nanoTime() + plan.warmUp().toNanos();
        this.measureUntil = this.measureFrom + plan.measure().toNanos();
    }

    /**
     * Counts an operation where it ends: those that straddle an edge of the phase cancel
     * out.
     */
    void success(long startNanos, long endNanos) {
        if (endNanos - this.measureFrom >= 0 && endNanos - this.measureUntil < 0) {
            this.ops.increment();
            this.histogram.recordValue(Math.min((endNanos - startNanos) / 1000, LONGEST_MICROS));
        }
    }

    void failure(Status status) {
        failure(status.toString());
    }

    void failure(String what) {
        if (!this.stopped) {
            this.errors.increment();
            this.firstError.compareAndSet(null, what);
        }
    }

    boolean stopped() {
        return this.stopped;
    }

    /** Blocks the caller through both phases and stops the clients after them. */
    void passPhases(MeasuredPhase phase) {
        parkUntil(this.measureFrom);
        phase.begins();
        parkUntil(this.measureUntil);
        phase.ends();
        this.stopped = true;
    }

    RunResult result(LoadPlan plan) {
        return new RunResult(plan.workload(), plan.clients(), this.ops.sum(), this.errors.sum(),
                plan.measure().toNanos() / 1e9, RunResult.Latency.of(this.histogram),
                Objects.requireNonNullElse(this.firstError.get(), ""));
    }

    private static void parkUntil(long deadlineNanos) {
        for (long left = deadlineNanos - System.nanoTime(); left > 0; left = deadlineNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

}
