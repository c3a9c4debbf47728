/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.transport.PeerCounters;

/**
 * This process's place in the Raft group. All methods may be called from any thread and
 * do not block, unless they say so.
 */
public interface RaftMember extends AutoCloseable {

    /**
     * Appends one entry to the log of the group. Only the leader can; on any other
     * member, and when leadership is lost before the entry got into the log, the callback
     * learns that the entry was <em>not</em> proposed and may be proposed elsewhere.
     * @param entry the entry
     * @param attachment handed to {@link RaftStateMachine} with the committed entry on
     * this member, if this member stays leader long enough to see it
     * @param callback learns of failure; success shows in the state machine
     */
    void propose(Bytes entry, Object attachment, ProposalCallback callback);

    /**
     * Confirms with a quorum what is committed now, and waits until it is applied here.
     * Callers bundle their reads: each call costs a round of messages.
     * @return completes when everything that was committed at the call is applied on this
     * member; fails with {@link io.kvorum.server.common.KvException}
     */
    CompletableFuture<Void> readIndex();

    /**
     * Tells the followers at once that entries are committed, which they would otherwise
     * learn with the next entry or heartbeat. Does nothing on a member that does not
     * lead, in a group of one, or when a message with entries is on its way and will be
     * answered first.
     * @param index the last applied index
     */
    void announceCommit(long index);

    /**
     * Returns what this member knows about the group at this moment.
     * @return a consistent picture
     */
    RaftStatus status();

    /**
     * Tells whether this member is leader and heard from a quorum recently enough that no
     * other leader can exist.
     * @return {@code true} if leadership is confirmed
     */
    boolean isConfirmedLeader();

    /**
     * Hands the leadership to another voter.
     * @param target the next leader
     * @return completes when the target leads; fails with NOT_LEADER or
     * BAD_LEADER_TRANSFEREE
     */
    CompletableFuture<Void> transferLeadership(MemberId target);

    /**
     * Sends a request of the node layer to another member over the peer transport.
     * @param target the member
     * @param kind which handler it is for
     * @param request the request's bytes
     * @param timeoutMillis how long to wait
     * @return the answer's bytes; fails with {@link PeerCallException}
     */
    CompletableFuture<byte[]> call(MemberId target, byte kind, byte[] request, long timeoutMillis);

    /**
     * Returns the traffic with each other member.
     * @return the counters, which go on counting, in the order of the members' ids
     */
    default Map<MemberId, PeerCounters> traffic() {
        return Map.of();
    }

    /**
     * Leaves the group's traffic, waits for the state machine's current call, closes log
     * and transport. Blocks.
     */
    @Override
    void close();

    /** Learns that an entry failed. */
    interface ProposalCallback {

        /**
         * The entry will not be handed to the state machine with its attachment.
         * @param certain {@code true} if the entry is certainly not in the log;
         * {@code false} if it may still be committed
         * @param reason why
         */
        void failed(boolean certain, String reason);

    }

}
