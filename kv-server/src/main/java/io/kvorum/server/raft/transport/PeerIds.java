/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.util.Endpoint;

import io.kvorum.server.common.MemberId;

/**
 * How the engine names members. A member's {@link PeerId} is its id in hexadecimal where
 * the engine expects a host, and port 0: {@code 8e9e05c52164694d:0}. The engine only ever
 * compares these names and hands them to the transport, which finds the address. So a
 * member may change its address without a change of the group's configuration, IPv6
 * addresses need no care, and what the log says about the group stays true.
 */
public final class PeerIds {

    private PeerIds() {
    }

    /**
     * Returns the engine's name of a member.
     * @param member the member
     * @return the name, for node ids and configurations
     */
    public static PeerId of(MemberId member) {
        return new PeerId(member.toString(), 0);
    }

    /**
     * Returns the member that the engine means.
     * @param peer a name made by {@link #of(MemberId)}
     * @return the member, or {@link MemberId#NONE} for the engine's empty peer
     */
    public static MemberId memberOf(PeerId peer) {
        return peer.isEmpty() ? MemberId.NONE : memberOf(peer.getEndpoint());
    }

    /**
     * Returns the member that the engine wants to talk to.
     * @param endpoint the endpoint of a name made by {@link #of(MemberId)}
     * @return the member
     */
    static MemberId memberOf(Endpoint endpoint) {
        try {
            return new MemberId(Long.parseUnsignedLong(endpoint.getIp(), 16));
        }
        catch (NumberFormatException ex) {
            throw new IllegalArgumentException("Not the name of a member: " + endpoint, ex);
        }
    }

}
