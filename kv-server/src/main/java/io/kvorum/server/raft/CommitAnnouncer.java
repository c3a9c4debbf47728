/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import com.alipay.sofa.jraft.entity.RaftOutter.EntryMeta;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.transport.AppendListener;

/**
 * Tells followers what is committed when nothing else will tell them soon. The engine
 * puts the commit index only into the next entries and into its heartbeats, so the
 * clients of a follower would wait up to a heartbeat interval for their answer.
 *
 * <p>
 * An announcement is an AppendEntries without entries whose previous entry is the last
 * one that the follower has confirmed in this term: to Raft it is a heartbeat that comes
 * early (Raft 5.2, 5.3), and the follower has what it refers to. A follower that owes an
 * answer for entries gets none until it has answered, which makes at most one
 * announcement per message with entries. A lost announcement is made up for by the next
 * heartbeat. Any thread.
 */
final class CommitAnnouncer implements AppendListener {

    private final Map<MemberId, Follower> followers = new ConcurrentHashMap<>();

    private final BiConsumer<MemberId, AppendEntriesRequest> sender;

    private volatile long committed;

    /**
     * Creates the announcer.
     * @param sender sends a message to a follower and forgets it; must not block
     */
    CommitAnnouncer(BiConsumer<MemberId, AppendEntriesRequest> sender) {
        this.sender = sender;
    }

    /** Everything up to an index is committed. Called by one thread, in order. */
    void committed(long index) {
        this.committed = index;
        this.followers.forEach(this::tell);
    }

    @Override
    public void sending(MemberId member, AppendEntriesRequest request) {
        this.followers.compute(member, (id, known) -> {
            Follower follower = (known != null && known.term == request.getTerm()) ? known
                    : new Follower(request.getTerm());
            follower.sending(request);
            return follower;
        });
    }

    @Override
    public void ended(MemberId member, AppendEntriesRequest request, boolean stored) {
        Follower follower = this.followers.get(member);
        if (follower != null && follower.term == request.getTerm()) {
            follower.ended(request, stored);
            tell(member, follower);
        }
    }

    private void tell(MemberId member, Follower follower) {
        AppendEntriesRequest announcement = follower.announcement(this.committed);
        if (announcement != null) {
            this.sender.accept(member, announcement);
        }
    }

    private static long lastIndex(AppendEntriesRequest request) {
        return request.getPrevLogIndex() + request.getEntriesCount();
    }

    /** What a follower has, and knows, in one term. */
    private static final class Follower {

        private final long term;

        @GuardedBy("this")
        private int underWay;

        /** The last entry that it has on disk. */
        @GuardedBy("this")
        private long storedIndex;

        @GuardedBy("this")
        private long storedTerm;

        /** The commit index that it was told, or that is on its way to it. */
        @GuardedBy("this")
        private long toldIndex;

        @GuardedBy("this")
        private AppendEntriesRequest.@Nullable Builder heartbeat;

        Follower(long term) {
            this.term = term;
        }

        synchronized void sending(AppendEntriesRequest request) {
            this.underWay++;
            this.toldIndex = Math.max(this.toldIndex, Math.min(request.getCommittedIndex(), lastIndex(request)));
            if (this.heartbeat == null) {
                this.heartbeat = AppendEntriesRequest.newBuilder()
                    .setTerm(this.term)
                    .setGroupId(request.getGroupId())
                    .setServerId(request.getServerId())
                    .setPeerId(request.getPeerId());
            }
        }

        synchronized void ended(AppendEntriesRequest request, boolean stored) {
            this.underWay--;
            if (stored && lastIndex(request) > this.storedIndex) {
                EntryMeta last = request.getEntries(request.getEntriesCount() - 1);
                this.storedIndex = lastIndex(request);
                this.storedTerm = last.getTerm();
            }
        }

        synchronized @Nullable AppendEntriesRequest announcement(long committed) {
            long known = Math.min(committed, this.storedIndex);
            if (this.heartbeat == null || this.underWay > 0 || known <= this.toldIndex) {
                return null;
            }
            this.toldIndex = known;
            return this.heartbeat.setPrevLogIndex(this.storedIndex)
                .setPrevLogTerm(this.storedTerm)
                .setCommittedIndex(known)
                .build();
        }

    }

}
