/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import io.kvorum.server.common.MemberId;

/**
 * Who this member is to its peers.
 *
 * @param clusterId the cluster; peers of another one are refused
 * @param memberId this member
 */
public record PeerIdentity(long clusterId, MemberId memberId) {

    /** Checks that there is a member. */
    public PeerIdentity {
        if (memberId.equals(MemberId.NONE)) {
            throw new IllegalArgumentException("The identity of a member needs a member id");
        }
    }

}
