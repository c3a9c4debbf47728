/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.kvorum.server.common.MemberId;

/**
 * Settings of this member's place in the group.
 *
 * @param clusterId the cluster; peers of another one are refused
 * @param self this member
 * @param peers address of every member of the initial cluster, this one included, as
 * {@code host:port}
 * @param listen where this member listens for its peers, as {@code host:port}
 * @param directory where log, hard state and snapshot metadata live
 * @param heartbeatInterval how often the leader makes itself heard
 * @param electionTimeout how long a follower waits for its leader
 * @param snapshotEntries entries between two snapshots
 * @param catchUpEntries entries kept behind a snapshot for slow followers
 * @param fsync whether acknowledged entries survive a power cut; {@code false} only for
 * experiments
 */
public record RaftConfig(long clusterId, MemberId self, Map<MemberId, String> peers, String listen, Path directory,
        Duration heartbeatInterval, Duration electionTimeout, long snapshotEntries, long catchUpEntries,
        boolean fsync) {
}
