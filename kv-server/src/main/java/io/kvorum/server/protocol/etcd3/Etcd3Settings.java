/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * How the client port behaves.
 *
 * @param listeners where to listen
 * @param limits what one client may cost
 * @param keepAlive how connections are kept and watched
 * @param ioThreads number of event loops
 * @param version the etcd version to report: digits and dots, since clients parse it
 * @param shutdownGrace how long calls may go on after the port is closed
 */
public record Etcd3Settings(List<Listener> listeners, Limits limits, KeepAlive keepAlive, int ioThreads, String version,
        Duration shutdownGrace) {

    /** The generation of etcd whose protocol this is. */
    public static final String ETCD_VERSION = "3.7.1";

    /**
     * Checks the settings.
     * @throws IllegalArgumentException if one of them makes no sense
     */
    public Etcd3Settings {
        listeners = List.copyOf(listeners);
        require(!listeners.isEmpty(), "listeners: at least one address is needed");
        require(ioThreads > 0, "ioThreads: must be positive, is " + ioThreads);
        require(version.matches("\\d+\\.\\d+\\.\\d+"), "version: must be three numbers, is " + version);
        require(!shutdownGrace.isNegative(), "shutdownGrace: must not be negative, is " + shutdownGrace);
    }

    /**
     * Returns etcd's defaults.
     * @param addresses where to listen, without TLS
     * @return the settings
     */
    public static Etcd3Settings defaults(InetSocketAddress... addresses) {
        List<Listener> listeners = List.of(addresses).stream().map((address) -> new Listener(address, null)).toList();
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new Etcd3Settings(listeners, Limits.DEFAULTS, KeepAlive.DEFAULTS, threads, ETCD_VERSION,
                Duration.ofSeconds(1));
    }

    /**
     * Returns the same settings with other limits.
     * @param limits the limits
     * @return the settings
     */
    public Etcd3Settings withLimits(Limits limits) {
        return new Etcd3Settings(this.listeners, limits, this.keepAlive, this.ioThreads, this.version,
                this.shutdownGrace);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * Where to listen.
     *
     * @param address the address; port 0 lets the system choose
     * @param tls the TLS context of the server, or {@code null} for plain text
     */
    public record Listener(InetSocketAddress address, @Nullable SslContext tls) {
    }

    /**
     * What one client, and all of them, may cost.
     *
     * @param maxRequestBytes size of a write (etcd: max-request-bytes); at the limit it
     * is refused
     * @param maxTxnOps operations in one branch of a transaction (etcd: max-txn-ops); at
     * the limit it is refused
     * @param maxConcurrentStreams calls at the same time on one connection (etcd:
     * max-concurrent-streams); at the limit clients wait
     * @param maxConnections connections at the same time; at the limit new ones are
     * closed
     * @param maxKeepAlivesInFlight keep-alives that one stream may have unanswered; at
     * the limit no more are read
     * @param firstBytes how long a connection may say nothing at first before it is
     * closed
     * @param snapshotStall how long a client may take nothing of a snapshot before it is
     * given up
     */
    public record Limits(int maxRequestBytes, int maxTxnOps, int maxConcurrentStreams, int maxConnections,
            int maxKeepAlivesInFlight, Duration firstBytes, Duration snapshotStall) {

        /** etcd's limits, and ours where it has none. */
        public static final Limits DEFAULTS = new Limits(1_572_864, 128, Integer.MAX_VALUE, 20_000, 64,
                Duration.ofSeconds(30), Duration.ofMinutes(5));

        /**
         * Checks the limits.
         * @throws IllegalArgumentException if one of them makes no sense
         */
        public Limits {
            require(maxRequestBytes > 0, "maxRequestBytes: must be positive, is " + maxRequestBytes);
            require(maxTxnOps > 0, "maxTxnOps: must be positive, is " + maxTxnOps);
            require(maxConcurrentStreams > 0, "maxConcurrentStreams: must be positive, is " + maxConcurrentStreams);
            require(maxConnections > 0, "maxConnections: must be positive, is " + maxConnections);
            require(maxKeepAlivesInFlight > 0, "maxKeepAlivesInFlight: must be positive, is " + maxKeepAlivesInFlight);
            require(firstBytes.toMillis() > 0, "firstBytes: must be positive, is " + firstBytes);
            require(snapshotStall.toMillis() > 0, "snapshotStall: must be positive, is " + snapshotStall);
        }

        /**
         * Returns the limits of single requests.
         * @return the limits
         */
        RequestLimits ofRequests() {
            return new RequestLimits(this.maxRequestBytes, this.maxTxnOps);
        }

    }

    /**
     * How connections are kept and watched.
     *
     * @param minTime the shortest time between a client's pings (etcd:
     * grpc-keepalive-min-time); a client that pings more often is disconnected
     * @param interval how long a connection may be quiet before it is pinged (etcd:
     * grpc-keepalive-interval)
     * @param timeout how long a ping may be unanswered before the connection is closed
     * (etcd: grpc-keepalive-timeout)
     * @param electionTimeout after three of these without a leader, streams that asked
     * for one end
     */
    public record KeepAlive(Duration minTime, Duration interval, Duration timeout, Duration electionTimeout) {

        /** etcd's times. */
        public static final KeepAlive DEFAULTS = new KeepAlive(Duration.ofSeconds(5), Duration.ofHours(2),
                Duration.ofSeconds(20), Duration.ofSeconds(1));

    }

}
