/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import io.kvorum.server.common.Clock;
import io.kvorum.server.raft.disk.DiskMetrics;
import io.kvorum.server.raft.transport.PeerLimits;
import io.kvorum.server.raft.transport.PeerTls;
import org.jspecify.annotations.Nullable;

/**
 * What a member of the group is given by the process around it.
 *
 * @param limits limits of the traffic between members
 * @param tls TLS between members, or {@code null} for none
 * @param metrics where the log reports what it does to the disk
 * @param clock the time
 */
public record RaftEnvironment(PeerLimits limits, @Nullable PeerTls tls, DiskMetrics metrics, Clock clock) {

    /** No TLS, no metrics, limits as they come. */
    public static final RaftEnvironment DEFAULT = new RaftEnvironment(PeerLimits.DEFAULT, null, DiskMetrics.NONE,
            Clock.SYSTEM);

}
