/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.time.Duration;
import java.util.Set;

/**
 * Limits of the ZooKeeper front end.
 *
 * @param maxFrameBytes largest request, ZooKeeper's jute.maxbuffer; a larger one closes
 * the connection
 * @param tick ZooKeeper's unit of time, which tools ask for
 * @param minSessionTimeout shortest session timeout; a shorter wish is raised to it
 * @param maxSessionTimeout longest session timeout; a longer wish is cut to it
 * @param maxConnections most connections at a time; one more is closed at once
 * @param maxConnectionsPerAddress most connections of one client address, 0 for no limit;
 * one more is closed at once
 * @param maxQueuedRequests requests of one connection that wait for their answer; nothing
 * more is read from the connection until there are fewer
 * @param globalOutstandingLimit requests of all connections that wait for their answer;
 * with more, nothing is read from connections that have some
 * @param maxPendingEvents events that wait to be written to one connection; one more
 * closes it
 * @param handshakeTimeout time a connection has to become a session
 * @param ioThreads threads for all connections
 * @param maxWaitingWords four-letter words and commands that wait for their turn; one
 * more closes its connection
 * @param allowedWords four-letter words that are answered
 * @param readOnlyMode whether clients that are content with reading are served without a
 * quorum
 * @param auth how clients show who they are
 */
public record ZookeeperSettings(int maxFrameBytes, Duration tick, Duration minSessionTimeout,
        Duration maxSessionTimeout, int maxConnections, int maxConnectionsPerAddress, int maxQueuedRequests,
        int globalOutstandingLimit, int maxPendingEvents, Duration handshakeTimeout, int ioThreads, int maxWaitingWords,
        Set<String> allowedWords, boolean readOnlyMode, AuthSettings auth) {

    /** ZooKeeper's own defaults with its tick of two seconds. */
    public static final ZookeeperSettings DEFAULTS = new ZookeeperSettings(0xfffff, Duration.ofSeconds(2),
            Duration.ofSeconds(4), Duration.ofSeconds(40), 20_000, 60, 1_000, 1_000, 100_000, Duration.ofSeconds(10), 2,
            64, Set.of("srvr"), false, AuthSettings.DEFAULTS);

    /**
     * Returns the same limits for other users.
     * @param others how clients show who they are
     * @return the settings
     */
    public ZookeeperSettings withAuth(AuthSettings others) {
        return new ZookeeperSettings(this.maxFrameBytes, this.tick, this.minSessionTimeout, this.maxSessionTimeout,
                this.maxConnections, this.maxConnectionsPerAddress, this.maxQueuedRequests, this.globalOutstandingLimit,
                this.maxPendingEvents, this.handshakeTimeout, this.ioThreads, this.maxWaitingWords, this.allowedWords,
                this.readOnlyMode, others);
    }

    /**
     * Decides the timeout of a session.
     * @param wishedMillis what the client would like
     * @return what it gets, in milliseconds
     */
    int negotiate(int wishedMillis) {
        return (int) Math.max(this.minSessionTimeout.toMillis(),
                Math.min(this.maxSessionTimeout.toMillis(), wishedMillis));
    }

}
