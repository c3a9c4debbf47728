/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.kvorum.server.common.Clock;

/**
 * What went through a port. Some of it begins anew when an operator says so, as
 * ZooKeeper's statistics do; counters for monitoring only grow. Any thread.
 */
public final class PortStatistics {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;

    private final long startedNanos;

    private final LongAdder received = new LongAdder();

    private final LongAdder sent = new LongAdder();

    private final LongAdder receivedBytes = new LongAdder();

    private final LongAdder sentBytes = new LongAdder();

    private final LongAdder rejected = new LongAdder();

    private final LongAdder abandoned = new LongAdder();

    private final LongAdder handshakes = new LongAdder();

    private final LongAdder failedAuthentications = new LongAdder();

    private final AtomicLong outstanding = new AtomicLong();

    private final RequestTimes latency = new RequestTimes();

    private final RequestTimes readLatency = new RequestTimes();

    private final RequestTimes updateLatency = new RequestTimes();

    private final Sizes responses = new Sizes();

    private volatile long receivedAtReset;

    private volatile long sentAtReset;

    /**
     * Begins to count.
     * @param clock the time
     */
    public PortStatistics(Clock clock) {
        this.clock = clock;
        this.startedNanos = clock.nanoTime();
    }

    /**
     * A request, a handshake or a four-letter word has come in.
     * @param bytes its size
     */
    public void received(int bytes) {
        this.received.increment();
        this.receivedBytes.add(bytes);
    }

    /**
     * An answer or an event goes out.
     * @param bytes its size
     */
    public void sent(int bytes) {
        this.sent.increment();
        this.sentBytes.add(bytes);
    }

    /** A connection was closed because there are too many. */
    public void rejected() {
        this.rejected.increment();
    }

    /** A connection was closed because it never became a session. */
    public void abandoned() {
        this.abandoned.increment();
    }

    /** A client could not show who it is. */
    public void authenticationFailed() {
        this.failedAuthentications.increment();
    }

    /** A client asks for a session. */
    public void handshake() {
        this.handshakes.increment();
    }

    /**
     * Requests wait for an answer, or do not any more.
     * @param change how many more or less
     * @return how many there are now
     */
    public long outstanding(int change) {
        return this.outstanding.addAndGet(change);
    }

    /**
     * A request was answered.
     * @param millis how long that took
     * @param write whether it went through the log
     * @param bytes size of the answer
     */
    public void answered(long millis, boolean write, int bytes) {
        this.latency.add(millis);
        (write ? this.updateLatency : this.readLatency).add(millis);
        this.responses.add(bytes);
    }

    /** Begins the numbers anew that tools of ZooKeeper reset. */
    void reset() {
        this.receivedAtReset = this.received.sum();
        this.sentAtReset = this.sent.sum();
        this.latency.reset();
        this.readLatency.reset();
        this.updateLatency.reset();
        this.responses.reset();
    }

    long receivedSinceReset() {
        return this.received.sum() - this.receivedAtReset;
    }

    long sentSinceReset() {
        return this.sent.sum() - this.sentAtReset;
    }

    /**
     * Returns all packets that came in.
     * @return their number
     */
    public long received() {
        return this.received.sum();
    }

    /**
     * Returns all packets that went out.
     * @return their number
     */
    public long sent() {
        return this.sent.sum();
    }

    /**
     * Returns the bytes that came in.
     * @return their number
     */
    public long receivedBytes() {
        return this.receivedBytes.sum();
    }

    /**
     * Returns the bytes that went out.
     * @return their number
     */
    public long sentBytes() {
        return this.sentBytes.sum();
    }

    /**
     * Returns the connections that were too many.
     * @return their number
     */
    public long rejectedConnections() {
        return this.rejected.sum();
    }

    /**
     * Returns the connections that never became a session.
     * @return their number
     */
    public long abandonedConnections() {
        return this.abandoned.sum();
    }

    /**
     * Returns how often a client could not show who it is.
     * @return the number
     */
    public long failedAuthentications() {
        return this.failedAuthentications.sum();
    }

    /**
     * Returns the handshakes.
     * @return their number
     */
    public long handshakes() {
        return this.handshakes.sum();
    }

    /**
     * Returns the requests that wait for an answer.
     * @return their number
     */
    public long outstanding() {
        return this.outstanding.get();
    }

    /**
     * Returns how long answers took, in milliseconds.
     * @return the times of all requests
     */
    public RequestTimes latency() {
        return this.latency;
    }

    /**
     * Returns how long answers to reads took.
     * @return the times
     */
    public RequestTimes readLatency() {
        return this.readLatency;
    }

    /**
     * Returns how long answers to writes took.
     * @return the times
     */
    public RequestTimes updateLatency() {
        return this.updateLatency;
    }

    Sizes.Summary responseSizes() {
        return this.responses.summary();
    }

    /**
     * Returns the time since the port was created.
     * @return milliseconds
     */
    public long uptimeMillis() {
        return (this.clock.nanoTime() - this.startedNanos) / NANOS_PER_MILLI;
    }

}
