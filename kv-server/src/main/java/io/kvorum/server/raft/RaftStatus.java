/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.List;

import io.kvorum.server.common.MemberId;

/**
 * What a member knows about its group.
 *
 * @param role this member's role
 * @param leader the leader it follows, itself included, or {@link MemberId#NONE}
 * @param term the current term
 * @param lastIndex last index in its log
 * @param commitIndex what it knows to be committed
 * @param appliedIndex what its state machine has executed
 * @param voters the voting members
 * @param failure why this member cannot take part (a full or broken disk), or empty
 */
public record RaftStatus(Role role, MemberId leader, long term, long lastIndex, long commitIndex, long appliedIndex,
        List<MemberId> voters, String failure) {

    /** Role of a member. */
    public enum Role {

        /** Proposes and replicates. */
        LEADER,
        /** Follows a leader. */
        FOLLOWER,
        /** Asks for votes. */
        CANDIDATE,
        /** Receives entries without a vote. */
        LEARNER,
        /** Does not take part because of a failure; reads of applied state go on. */
        FAILED

    }

}
