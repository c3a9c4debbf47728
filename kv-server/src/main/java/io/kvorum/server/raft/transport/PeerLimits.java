/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.time.Duration;

/**
 * Limits of the traffic between members.
 *
 * @param maxFrameBytes largest message in either direction; a peer that announces more is
 * cut off, a request that needs more fails before it is sent
 * @param maxRequestsInFlight unanswered requests per peer; more fail at once
 * @param maxQueuedBytes bytes that wait to be written per connection; requests beyond it
 * fail at once, and a peer that does not read its answers is cut off
 * @param maxConnections connections accepted at the same time, those that are still in
 * the handshake included; more are closed at once
 * @param connectTimeout how long to wait for a connection
 * @param handshakeTimeout how long either side waits for the other's introduction
 * @param probeInterval how often a connection's round-trip time is taken; a connection
 * that stays silent for five intervals is closed
 * @param eventLoopThreads threads that move the bytes
 */
public record PeerLimits(int maxFrameBytes, int maxRequestsInFlight, int maxQueuedBytes, int maxConnections,
        Duration connectTimeout, Duration handshakeTimeout, Duration probeInterval, int eventLoopThreads) {

    /** The limits of a member whose operator set nothing. */
    public static final PeerLimits DEFAULT = new PeerLimits(16 << 20, 4096, 64 << 20, 256, Duration.ofSeconds(1),
            Duration.ofSeconds(3), Duration.ofSeconds(1), 2);

    /** Checks the numbers. */
    public PeerLimits {
        positive("maxFrameBytes", maxFrameBytes);
        positive("maxRequestsInFlight", maxRequestsInFlight);
        positive("maxQueuedBytes", maxQueuedBytes);
        positive("maxConnections", maxConnections);
        positive("connectTimeout", connectTimeout.toMillis());
        positive("handshakeTimeout", handshakeTimeout.toMillis());
        positive("probeInterval", probeInterval.toMillis());
        positive("eventLoopThreads", eventLoopThreads);
        if (maxQueuedBytes < maxFrameBytes) {
            throw new IllegalArgumentException(
                    "maxQueuedBytes=" + maxQueuedBytes + " must not be smaller than maxFrameBytes=" + maxFrameBytes);
        }
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }

}
