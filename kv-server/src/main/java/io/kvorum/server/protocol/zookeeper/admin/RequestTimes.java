/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.concurrent.atomic.LongAdder;

/**
 * How long requests took, in milliseconds: in all for monitoring, and since an operator
 * has reset it. Any thread.
 */
public final class RequestTimes {

    private final LongAdder totalCount = new LongAdder();

    private final LongAdder totalSum = new LongAdder();

    private final Latencies latencies = new Latencies();

    private final Percentiles percentiles = new Percentiles();

    /** Takes the time of a request. */
    void add(long millis) {
        this.totalCount.increment();
        this.totalSum.add(millis);
        this.latencies.add(millis);
        this.percentiles.add(millis);
    }

    void reset() {
        this.latencies.reset();
        this.percentiles.reset();
    }

    /**
     * Returns the requests of all times.
     * @return their number
     */
    public long totalCount() {
        return this.totalCount.sum();
    }

    /**
     * Returns the time of all requests of all times.
     * @return milliseconds
     */
    public long totalSum() {
        return this.totalSum.sum();
    }

    /**
     * Returns the least, the mean and the most since the last reset.
     * @return the summary
     */
    public Latencies.Summary summary() {
        return this.latencies.summary();
    }

    /**
     * Returns the distribution since the last reset.
     * @return the percentiles
     */
    public Percentiles percentiles() {
        return this.percentiles;
    }

}
