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
 * How the members agree.
 *
 * @param heartbeatInterval Time between two heartbeats of the leader.
 * @param electionTimeout Time that a follower waits for its leader; at least 5
 * heartbeats, at most 50 seconds.
 * @param snapshotCount Applied entries after which the Raft log is shortened.
 * @param snapshotCatchupEntries Entries that stay in the Raft log for slow followers when
 * it is shortened.
 * @param unsafeNoFsync Do not wait for the disk. A power cut loses data.
 */
@ConfigurationProperties("kv.server")
record RaftProperties(@DefaultValue("100ms") @DurationUnit(ChronoUnit.MILLIS) Duration heartbeatInterval,
        @DefaultValue("1000ms") @DurationUnit(ChronoUnit.MILLIS) Duration electionTimeout,
        @DefaultValue("10000") long snapshotCount, @DefaultValue("5000") long snapshotCatchupEntries,
        @DefaultValue("false") boolean unsafeNoFsync) {

    private static final int HEARTBEATS_PER_ELECTION = 5;

    private static final Duration LONGEST_ELECTION = Duration.ofSeconds(50);

    RaftProperties {
        if (heartbeatInterval.isNegative() || heartbeatInterval.isZero()) {
            throw SettingException.invalid("--heartbeat-interval must be positive");
        }
        if (electionTimeout.compareTo(heartbeatInterval.multipliedBy(HEARTBEATS_PER_ELECTION)) < 0) {
            throw SettingException.invalid("--election-timeout=" + electionTimeout.toMillis() + " must be at least "
                    + HEARTBEATS_PER_ELECTION + " times --heartbeat-interval=" + heartbeatInterval.toMillis());
        }
        if (electionTimeout.compareTo(LONGEST_ELECTION) > 0) {
            throw SettingException.invalid("--election-timeout=" + electionTimeout.toMillis() + " must be at most "
                    + LONGEST_ELECTION.toMillis());
        }
        if (snapshotCount < 1) {
            throw SettingException.invalid("--snapshot-count=" + snapshotCount + " must be positive");
        }
        if (snapshotCatchupEntries < 0) {
            throw SettingException.invalid("--snapshot-catchup-entries must not be negative");
        }
    }

}
