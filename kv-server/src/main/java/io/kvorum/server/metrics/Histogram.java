/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Distribution of observed values over fixed buckets. Any thread. */
public final class Histogram {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double[] upperBounds;

    private final LongAdder[] buckets;

    private final DoubleAdder sum = new DoubleAdder();

    /**
     * Creates a histogram.
     * @param upperBounds inclusive upper bounds in ascending order; one more bucket takes
     * what is above
     */
    Histogram(double... upperBounds) {
        this.upperBounds = upperBounds.clone();
        this.buckets = new LongAdder[upperBounds.length + 1];
        for (int i = 0; i < this.buckets.length; i++) {
            this.buckets[i] = new LongAdder();
        }
    }

    /**
     * Bounds where each is a multiple of the one before.
     * @param start the first bound
     * @param factor the multiple
     * @param count how many
     * @return the bounds
     */
    public static double[] exponential(double start, double factor, int count) {
        double[] bounds = new double[count];
        double bound = start;
        for (int i = 0; i < count; i++) {
            bounds[i] = bound;
            bound *= factor;
        }
        return bounds;
    }

    /**
     * Records a duration, in seconds as Prometheus wants it.
     * @param nanos the duration in nanoseconds
     */
    public void observeNanos(long nanos) {
        observe(nanos / NANOS_PER_SECOND);
    }

    /**
     * Records a value.
     * @param value the value, in the unit that the metric's name ends with
     */
    public void observe(double value) {
        int bucket = 0;
        while (bucket < this.upperBounds.length && value > this.upperBounds[bucket]) {
            bucket++;
        }
        this.buckets[bucket].increment();
        this.sum.add(value);
    }

    /**
     * Returns what was recorded so far.
     * @return a picture in which the counts agree with each other
     */
    Snapshot snapshot() {
        long[] cumulative = new long[this.buckets.length];
        long count = 0;
        for (int i = 0; i < this.buckets.length; i++) {
            count += this.buckets[i].sum();
            cumulative[i] = count;
        }
        return new Snapshot(this.upperBounds, cumulative, this.sum.sum());
    }

    /**
     * What a histogram has seen.
     *
     * @param upperBounds the bounds of the buckets but the last
     * @param cumulative values at or below each bound; the last one counts all
     * @param sum sum of the values
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Snapshot(double[] upperBounds, long[] cumulative, double sum) {

        long count() {
            return this.cumulative[this.cumulative.length - 1];
        }

    }

}
