/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A connection as operators see it. Any thread. */
public interface ConnectionView {

    /**
     * Returns the client's address.
     * @return the address
     */
    InetSocketAddress remoteAddress();

    /**
     * Tells whether the connection is encrypted.
     * @return {@code true} if it is
     */
    boolean isSecure();

    /**
     * Returns what the port waits for: 1 for requests, 4 for room to write.
     * @return the sum of these
     */
    int interestOps();

    /**
     * Returns the connection's session.
     * @return the id, or 0 if it has none yet
     */
    long sessionId();

    /**
     * Returns the negotiated timeout.
     * @return milliseconds, or 0 without a session
     */
    int timeoutMillis();

    /**
     * Returns the numbers of this connection.
     * @return the statistics
     */
    ConnectionStatistics statistics();

    /**
     * Returns how many watches on znodes there are, those on children excluded.
     * @return their number
     */
    int dataWatchCount();

    /**
     * Returns how many watches on children there are.
     * @return their number
     */
    int childWatchCount();

    /**
     * Lists the paths with watches on znodes, those on children excluded.
     * @return the paths
     */
    CompletableFuture<Set<String>> watchedPaths();

}
