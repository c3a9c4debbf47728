/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

import io.kvorum.server.protocol.zookeeper.ZookeeperSettings;
import io.kvorum.server.protocol.zookeeper.admin.FourLetterWords;

/**
 * What ZooKeeper clients and their operators may ask for.
 *
 * @param fourLetterWords Four-letter words that are answered, * for all; srvr always is.
 * ZooKeeper's 4lw.commands.whitelist.
 * @param adminPort Port of the admin server, on the address of the first client URL; 0
 * means none. ZooKeeper's admin.serverPort.
 * @param tickTime ZooKeeper's unit of time, of which session timeouts are multiples.
 * @param minSessionTimeout Shortest session timeout; 0 means two ticks.
 * @param maxSessionTimeout Longest session timeout; 0 means twenty ticks.
 * @param maxRequestBytes Largest request in bytes; a larger one closes its connection.
 * ZooKeeper's jute.maxbuffer.
 * @param maxConnections Most connections; one more is closed. ZooKeeper's maxCnxns.
 * @param maxConnectionsPerAddress Most connections of one client address, 0 for no limit;
 * one more is closed. ZooKeeper's maxClientCnxns.
 * @param globalOutstandingLimit Requests that wait for an answer before the member stops
 * reading from clients that wait for some already.
 * @param maxQueuedRequests Requests of one connection that wait for an answer before the
 * member stops reading from it.
 * @param maxPendingEvents Events that wait to be sent to one connection; one more closes
 * it.
 * @param handshakeTimeout Time a connection has to become a session.
 * @param readOnlyMode Whether a member without a quorum serves clients that are content
 * with reading. ZooKeeper's readonlymode.enabled.
 * @param ioThreads Threads for all connections.
 */
@ConfigurationProperties("kv.server.zookeeper")
record ZookeeperLimitProperties(@DefaultValue("srvr") List<String> fourLetterWords, @DefaultValue("0") int adminPort,
        @DefaultValue("2s") @DurationUnit(ChronoUnit.MILLIS) Duration tickTime,
        @DefaultValue("0") @DurationUnit(ChronoUnit.MILLIS) Duration minSessionTimeout,
        @DefaultValue("0") @DurationUnit(ChronoUnit.MILLIS) Duration maxSessionTimeout,
        @DefaultValue("1048575") int maxRequestBytes, @DefaultValue("20000") int maxConnections,
        @DefaultValue("60") int maxConnectionsPerAddress, @DefaultValue("1000") int globalOutstandingLimit,
        @DefaultValue("1000") int maxQueuedRequests, @DefaultValue("100000") int maxPendingEvents,
        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration handshakeTimeout,
        @DefaultValue("false") boolean readOnlyMode, @DefaultValue("2") int ioThreads) {

    private static final int LARGEST_PORT = 65535;

    private static final int SHORTEST_SESSION_TICKS = 2;

    private static final int LONGEST_SESSION_TICKS = 20;

    private static final Duration LONGEST_TIMEOUT = Duration.ofMillis(Integer.MAX_VALUE);

    ZookeeperLimitProperties {
        if (adminPort < 0 || adminPort > LARGEST_PORT) {
            throw invalid("admin-port", String.valueOf(adminPort), "is no port");
        }
        requireAtLeast(1, "max-request-bytes", maxRequestBytes);
        requireAtLeast(1, "max-connections", maxConnections);
        requireAtLeast(0, "max-connections-per-address", maxConnectionsPerAddress);
        requireAtLeast(1, "global-outstanding-limit", globalOutstandingLimit);
        requireAtLeast(1, "max-queued-requests", maxQueuedRequests);
        requireAtLeast(1, "max-pending-events", maxPendingEvents);
        requireAtLeast(1, "io-threads", ioThreads);
        requirePositive("tick-time", tickTime);
        requirePositive("handshake-timeout", handshakeTimeout);
        minSessionTimeout = orTicks(minSessionTimeout, tickTime, SHORTEST_SESSION_TICKS);
        maxSessionTimeout = orTicks(maxSessionTimeout, tickTime, LONGEST_SESSION_TICKS);
        requirePositive("min-session-timeout", minSessionTimeout);
        if (maxSessionTimeout.compareTo(minSessionTimeout) < 0 || maxSessionTimeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw invalid("max-session-timeout", maxSessionTimeout.toMillis() + "ms",
                    "must not be shorter than min-session-timeout=" + minSessionTimeout.toMillis() + "ms");
        }
        for (String word : fourLetterWords) {
            if (!word.equals("*") && !FourLetterWords.ALL.contains(word)) {
                throw invalid("four-letter-words", word, "must be * or some of " + new TreeSet<>(FourLetterWords.ALL));
            }
        }
    }

    ZookeeperSettings settings() {
        return new ZookeeperSettings(this.maxRequestBytes, this.tickTime, this.minSessionTimeout,
                this.maxSessionTimeout, this.maxConnections, this.maxConnectionsPerAddress, this.maxQueuedRequests,
                this.globalOutstandingLimit, this.maxPendingEvents, this.handshakeTimeout, this.ioThreads,
                ZookeeperSettings.DEFAULTS.maxWaitingWords(), allowedWords(), this.readOnlyMode,
                ZookeeperSettings.DEFAULTS.auth());
    }

    /** ZooKeeper: its own scripts need srvr, so it cannot be forbidden. */
    private Set<String> allowedWords() {
        if (this.fourLetterWords.contains("*")) {
            return FourLetterWords.ALL;
        }
        Set<String> words = new TreeSet<>(this.fourLetterWords);
        words.add("srvr");
        if (this.readOnlyMode) {
            // Clients find the way back to a server that writes with it.
            words.add("isro");
        }
        return words;
    }

    private static Duration orTicks(Duration timeout, Duration tick, int ticks) {
        return timeout.isZero() ? tick.multipliedBy(ticks) : timeout;
    }

    private static void requireAtLeast(int least, String name, int value) {
        if (value < least) {
            throw invalid(name, String.valueOf(value), "must be at least " + least);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw invalid(name, value.toMillis() + "ms", "must be positive");
        }
    }

    private static SettingException invalid(String name, String value, String why) {
        return SettingException.invalid("kv.server.zookeeper." + name + "=" + value + " " + why);
    }

}
