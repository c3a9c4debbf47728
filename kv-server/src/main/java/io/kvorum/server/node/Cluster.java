/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.common.MemberId;

/** The cluster as this member sees it. Any thread; nothing blocks. */
public interface Cluster {

    /**
     * Returns the id of the cluster.
     * @return the id
     */
    long clusterId();

    /**
     * Returns the id of this member.
     * @return the id
     */
    MemberId self();

    /**
     * Returns the current Raft term.
     * @return the term
     */
    long term();

    /**
     * Returns the leader.
     * @return the leader, or {@link MemberId#NONE}
     */
    MemberId leader();

    /**
     * Lists the members.
     * @param consistency how fresh
     * @return the members in order of their ids
     */
    CompletableFuture<List<Member>> members(Consistency consistency);

    /**
     * Hands the leadership to another member.
     * @param target the next leader
     * @return completes when it leads; fails with NOT_LEADER or BAD_LEADER_TRANSFEREE
     */
    CompletableFuture<Void> moveLeader(MemberId target);

    /**
     * A member.
     *
     * @param id its id
     * @param name its name, empty until it has started once
     * @param peerUrls where its peers reach it
     * @param clientUrls where it serves clients, empty until it has started once
     * @param learner whether it has no vote
     */
    record Member(MemberId id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {
    }

}
