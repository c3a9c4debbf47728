/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.kvorum.server.common.MemberId;

/**
 * Who is in the group.
 *
 * @param clusterId the cluster
 * @param self this member
 * @param peerUrls where each member, this one included, is reached by its peers
 */
public record NodeIdentity(long clusterId, MemberId self, Map<MemberId, List<String>> peerUrls) {

    /** Returns the other members, in the order of their ids. */
    List<MemberId> others() {
        return this.peerUrls.keySet()
            .stream()
            .filter((member) -> !member.equals(this.self))
            .sorted(Comparator.comparing(MemberId::value, Long::compareUnsigned))
            .toList();
    }

}
