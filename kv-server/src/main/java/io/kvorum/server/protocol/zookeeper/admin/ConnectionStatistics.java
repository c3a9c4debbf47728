/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.kvorum.server.common.Clock;

/** What went through one connection since it began or was reset. Any thread. */
public final class ConnectionStatistics {

    private static final String NO_OPERATION = "NA";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;

    private final long establishedMillis;

    @GuardedBy("this")
    private long received;

    @GuardedBy("this")
    private long sent;

    @GuardedBy("this")
    private int outstanding;

    @GuardedBy("this")
    private String lastOperation = NO_OPERATION;

    @GuardedBy("this")
    private long lastCxid = -1;

    @GuardedBy("this")
    private long lastZxid;

    @GuardedBy("this")
    private long lastResponseMillis;

    @GuardedBy("this")
    private long lastLatency;

    private final Latencies latency = new Latencies();

    /**
     * A connection begins.
     * @param clock the time
     */
    public ConnectionStatistics(Clock clock) {
        this.clock = clock;
        this.establishedMillis = clock.currentTimeMillis();
    }

    /** A four-letter word has come in, which needs no account of its answer. */
    public synchronized void received() {
        this.received++;
    }

    /** A request has come in. */
    public synchronized void asked() {
        this.received++;
        this.outstanding++;
    }

    /** An event goes out. */
    public synchronized void sent() {
        this.sent++;
    }

    /**
     * A request is answered.
     * @param operation what it was, in ZooKeeper's abbreviation
     * @param xid its number, negative for those that the client did not ask for itself
     * @param zxid the revision that its answer stands for
     * @param latencyMillis how long it took
     */
    public synchronized void answered(String operation, int xid, long zxid, long latencyMillis) {
        this.sent++;
        this.outstanding--;
        if (xid >= 0) {
            this.lastCxid = xid;
        }
        this.lastOperation = operation;
        this.lastZxid = zxid;
        this.lastResponseMillis = this.clock.nanoTime() / NANOS_PER_MILLI;
        this.lastLatency = latencyMillis;
        this.latency.add(latencyMillis);
    }

    /** Requests will not be answered any more: the connection is closed. */
    public synchronized void abandon() {
        this.outstanding = 0;
    }

    synchronized void reset() {
        this.received = 0;
        this.sent = 0;
        this.lastOperation = NO_OPERATION;
        this.lastCxid = -1;
        this.lastZxid = -1;
        this.lastResponseMillis = 0;
        this.lastLatency = 0;
        this.latency.reset();
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(this.establishedMillis, this.received, this.sent, this.outstanding,
                new Last(this.lastOperation, this.lastCxid, this.lastZxid, this.lastResponseMillis, this.lastLatency),
                this.latency.summary());
    }

    /**
     * The numbers of one moment.
     *
     * @param establishedMillis when the connection began
     * @param received packets that came in
     * @param sent packets that went out
     * @param outstanding requests without an answer
     * @param last the last answer
     * @param latency how long answers took
     */
    record Snapshot(long establishedMillis, long received, long sent, int outstanding, Last last,
            Latencies.Summary latency) {
    }

    /**
     * The last answer.
     *
     * @param operation to what kind of request
     * @param cxid the number of the last request that had one, or -1
     * @param zxid its revision
     * @param responseMillis when it was written, on the monotonic clock
     * @param latency how long it took
     */
    record Last(String operation, long cxid, long zxid, long responseMillis, long latency) {
    }

}
