/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Traffic with one peer since the start of this member. Any thread. */
public final class PeerCounters {

    private final LongAdder sentBytes = new LongAdder();

    private final LongAdder receivedBytes = new LongAdder();

    private final LongAdder sendFailures = new LongAdder();

    private final LongAdder receiveFailures = new LongAdder();

    private volatile long roundTripNanos;

    private volatile LongConsumer roundTrips = (nanos) -> {
    };

    /**
     * Returns the bytes sent to the peer.
     * @return bytes in frames, headers included, TLS excluded
     */
    public long sentBytes() {
        return this.sentBytes.sum();
    }

    /**
     * Returns the bytes received from the peer.
     * @return bytes in frames, headers included, TLS excluded
     */
    public long receivedBytes() {
        return this.receivedBytes.sum();
    }

    /**
     * Returns how many requests to the peer got no answer, or an answer that tells of a
     * failure of the transport.
     * @return requests
     */
    public long sendFailures() {
        return this.sendFailures.sum();
    }

    /**
     * Returns how many requests of the peer could not be handed on.
     * @return requests
     */
    public long receiveFailures() {
        return this.receiveFailures.sum();
    }

    /**
     * Returns the round-trip time between the event loops, as the last probe found it.
     * @return nanoseconds, or 0 before the first probe
     */
    public long roundTripNanos() {
        return this.roundTripNanos;
    }

    /**
     * Sets who hears of each round trip from now on, on an event loop; must not block.
     * @param consumer gets nanoseconds
     */
    public void onRoundTrip(LongConsumer consumer) {
        this.roundTrips = consumer;
    }

    void sent(long bytes) {
        this.sentBytes.add(bytes);
    }

    void received(long bytes) {
        this.receivedBytes.add(bytes);
    }

    void sendFailed() {
        this.sendFailures.increment();
    }

    void receiveFailed() {
        this.receiveFailures.increment();
    }

    void roundTrip(long nanos) {
        this.roundTripNanos = nanos;
        this.roundTrips.accept(nanos);
    }

}
