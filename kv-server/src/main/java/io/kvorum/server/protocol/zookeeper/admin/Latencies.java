/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/** The least, the mean and the most of some values, until they are reset. Any thread. */
public final class Latencies {

    /** ZooKeeper's means have four digits behind the point. */
    private static final double DIGITS = 1e4;

    @GuardedBy("this")
    private long count;

    @GuardedBy("this")
    private long sum;

    @GuardedBy("this")
    private long min = Long.MAX_VALUE;

    @GuardedBy("this")
    private long max;

    /** Takes a value. */
    synchronized void add(long value) {
        this.count++;
        this.sum += value;
        this.min = Math.min(this.min, value);
        this.max = Math.max(this.max, value);
    }

    synchronized void reset() {
        this.count = 0;
        this.sum = 0;
        this.min = Long.MAX_VALUE;
        this.max = 0;
    }

    /**
     * Returns what came together.
     * @return the summary of this moment
     */
    public synchronized Summary summary() {
        double mean = (this.count == 0) ? 0 : Math.round(this.sum * DIGITS / this.count) / DIGITS;
        return new Summary(this.count, this.sum, (this.count == 0) ? 0 : this.min, this.max, mean);
    }

    /**
     * What came together.
     *
     * @param count how many values
     * @param sum all of them
     * @param min the least, or 0
     * @param max the most, or 0
     * @param mean the mean with four digits behind the point, or 0
     */
    public record Summary(long count, long sum, long min, long max, double mean) {
    }

}
