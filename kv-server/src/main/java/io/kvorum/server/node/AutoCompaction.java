/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

import io.kvorum.server.common.Clock;

/**
 * Proposes compactions by age or by number of revisions, at etcd's pace: by age, after a
 * full period and then every period or hour, whichever is shorter, from revisions sampled
 * ten times in between; by number, every five minutes. Runs on every member, so that a
 * new leader knows the past; only the leader proposes. Confined to the node's loop.
 */
final class AutoCompaction {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration REVISION_INTERVAL = Duration.ofMinutes(5);

    private static final int SAMPLES_PER_INTERVAL = 10;

    private final Retention retention;

    private final Clock clock;

    private final LongSupplier currentRevision;

    private final LongConsumer compact;

    private final long intervalNanos;

    private final long sampleNanos;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private long nextSample;

    private long nextCompaction;

    AutoCompaction(Retention retention, Clock clock, LongSupplier currentRevision, LongConsumer compact) {
        this.retention = retention;
        this.clock = clock;
        this.currentRevision = currentRevision;
        this.compact = compact;
        boolean byAge = retention.mode() == Retention.Mode.PERIODIC;
        Duration interval = (retention.period().compareTo(HOUR) < 0) ? retention.period() : HOUR;
        this.intervalNanos = (byAge ? interval : REVISION_INTERVAL).toNanos();
        this.sampleNanos = Math.max(1, this.intervalNanos / SAMPLES_PER_INTERVAL);
        this.samples.add(new Sample(clock.nanoTime(), currentRevision.getAsLong()));
        this.nextSample = clock.nanoTime() + this.sampleNanos;
        this.nextCompaction = clock.nanoTime() + (byAge ? retention.period().toNanos() : this.intervalNanos);
    }

    /** Does what is due. */
    void tick(boolean leading) {
        if (this.retention.mode() == Retention.Mode.OFF) {
            return;
        }
        long now = this.clock.nanoTime();
        if (now - this.nextSample >= 0) {
            this.nextSample = now + this.sampleNanos;
            this.samples.add(new Sample(now, this.currentRevision.getAsLong()));
        }
        if (now - this.nextCompaction >= 0) {
            this.nextCompaction = now + this.intervalNanos;
            long revision = (this.retention.mode() == Retention.Mode.REVISION)
                    ? this.currentRevision.getAsLong() - this.retention.revisions() : oldEnough(now);
            if (leading && revision > 0) {
                this.compact.accept(revision);
            }
        }
        dropSamples(now);
    }

    /** The newest sampled revision that is as old as the period. */
    private long oldEnough(long now) {
        long revision = 0;
        for (Sample sample : this.samples) {
            if (now - sample.nanos < this.retention.period().toNanos()) {
                break;
            }
            revision = sample.revision;
        }
        return revision;
    }

    private void dropSamples(long now) {
        long keep = this.retention.period().toNanos() + this.intervalNanos;
        while (!this.samples.isEmpty() && now - this.samples.element().nanos > keep) {
            this.samples.remove();
        }
    }

    private record Sample(long nanos, long revision) {
    }

}
