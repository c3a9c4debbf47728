/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How values are distributed, to about three percent, until they are reset. Small values
 * are exact. Any thread.
 */
public final class Percentiles {

    /** Buckets of one power of two, and the values that have one of their own. */
    private static final int PER_POWER = 32;

    private static final int PER_POWER_BITS = 5;

    private static final int BUCKETS = PER_POWER * (Integer.SIZE - PER_POWER_BITS);

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

    /** Takes a value. */
    void add(long value) {
        this.counts.incrementAndGet(bucket((int) Math.max(0, Math.min(value, Integer.MAX_VALUE))));
    }

    void reset() {
        for (int i = 0; i < BUCKETS; i++) {
            this.counts.set(i, 0);
        }
    }

    /**
     * Returns a value that a share of all is not greater than.
     * @param share between 0 and 1
     * @return the value, 0 if there is none at all
     */
    public long at(double share) {
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += this.counts.get(i);
        }
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS && wanted > 0; i++) {
            seen += this.counts.get(i);
            if (seen >= wanted) {
                return largest(i);
            }
        }
        return 0;
    }

    private static int bucket(int value) {
        if (value < PER_POWER) {
            return value;
        }
        int shift = Integer.SIZE - 1 - PER_POWER_BITS - Integer.numberOfLeadingZeros(value);
        return (shift + 1) * PER_POWER + (value >>> shift) - PER_POWER;
    }

    private static long largest(int bucket) {
        if (bucket < PER_POWER) {
            return bucket;
        }
        int shift = bucket / PER_POWER - 1;
        return ((long) (bucket % PER_POWER + PER_POWER + 1) << shift) - 1;
    }

}
