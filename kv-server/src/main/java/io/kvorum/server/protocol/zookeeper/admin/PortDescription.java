/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * How a port was set up.
 *
 * @param clientPort where clients connect
 * @param secureClientPort where encrypted clients connect, or -1
 * @param dataDirectory what the member stores, or {@code null} if it stores nothing
 * @param logDirectory the member's log, or {@code null}
 * @param limits what clients may ask for
 */
public record PortDescription(int clientPort, int secureClientPort, @Nullable Path dataDirectory,
        @Nullable Path logDirectory, Limits limits) {

    /**
     * What clients may ask for.
     *
     * @param tickMillis ZooKeeper's unit of time
     * @param minSessionTimeoutMillis the shortest timeout
     * @param maxSessionTimeoutMillis the longest timeout
     * @param maxConnectionsPerAddress most connections of one client address, 0 for no
     * limit
     */
    public record Limits(int tickMillis, int minSessionTimeoutMillis, int maxSessionTimeoutMillis,
            int maxConnectionsPerAddress) {
    }

}
