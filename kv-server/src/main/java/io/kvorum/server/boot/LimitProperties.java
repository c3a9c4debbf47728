/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * What clients may ask for.
 *
 * @param maxTxnOps Most operations in one branch of a transaction.
 * @param maxRequestBytes Largest request in bytes.
 * @param maxConcurrentStreams Most streams on one connection of a client.
 * @param grpcKeepaliveMinTime Shortest time between two pings of a client.
 * @param grpcKeepaliveInterval Time after which a silent client is pinged; 0 means never.
 * @param grpcKeepaliveTimeout Time after which a client that does not answer a ping is
 * cut off.
 * @param watchProgressNotifyInterval Time between two progress notifications to a watcher
 * that wants them.
 */
@ConfigurationProperties("kv.server")
record LimitProperties(@DefaultValue("128") int maxTxnOps, @DefaultValue("1572864") int maxRequestBytes,
        @DefaultValue("4294967295") long maxConcurrentStreams,
        @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration grpcKeepaliveMinTime,
        @DefaultValue("2h") @DurationUnit(ChronoUnit.SECONDS) Duration grpcKeepaliveInterval,
        @DefaultValue("20s") @DurationUnit(ChronoUnit.SECONDS) Duration grpcKeepaliveTimeout,
        @DefaultValue("10m") @DurationUnit(ChronoUnit.SECONDS) Duration watchProgressNotifyInterval) {

    LimitProperties {
        requirePositive("max-txn-ops", maxTxnOps);
        requirePositive("max-request-bytes", maxRequestBytes);
        requirePositive("max-concurrent-streams", maxConcurrentStreams);
        if (watchProgressNotifyInterval.isNegative() || watchProgressNotifyInterval.isZero()) {
            throw SettingException.invalid("--watch-progress-notify-interval must be positive");
        }
    }

    private static void requirePositive(String flag, long value) {
        if (value < 1) {
            throw SettingException.invalid("--" + flag + "=" + value + " must be positive");
        }
    }

}
