/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.kvorum.server.command.Command.PublishMember;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.RaftMember;
import io.kvorum.server.state.KvState;

/** The cluster as a member of a static group sees it. */
final class NodeCluster implements Cluster {

    private final NodeIdentity identity;

    private final KvState state;

    private final Supplier<Leadership> leadership;

    private final Supplier<RaftMember> raft;

    private final Supplier<CompletableFuture<Void>> awaitCurrent;

    private final Supplier<CompletableFuture<Void>> beforeTransfer;

    NodeCluster(NodeIdentity identity, KvState state, Supplier<Leadership> leadership, Supplier<RaftMember> raft,
            Supplier<CompletableFuture<Void>> awaitCurrent, Supplier<CompletableFuture<Void>> beforeTransfer) {
        this.identity = identity;
        this.state = state;
        this.leadership = leadership;
        this.raft = raft;
        this.awaitCurrent = awaitCurrent;
        this.beforeTransfer = beforeTransfer;
    }

    @Override
    public long clusterId() {
        return this.identity.clusterId();
    }

    @Override
    public MemberId self() {
        return this.identity.self();
    }

    @Override
    public long term() {
        return this.leadership.get().term();
    }

    @Override
    public MemberId leader() {
        return this.leadership.get().leader();
    }

    @Override
    public CompletableFuture<List<Member>> members(Consistency consistency) {
        CompletableFuture<Void> ready = (consistency == Consistency.LINEARIZABLE) ? this.awaitCurrent.get()
                : CompletableFuture.completedFuture(null);
        return ready.thenApply((done) -> members());
    }

    @Override
    public CompletableFuture<Void> moveLeader(MemberId target) {
        if (!this.leadership.get().isSelf()) {
            return CompletableFuture.failedFuture(new KvException(Code.NOT_LEADER));
        }
        if (!this.identity.peerUrls().containsKey(target)) {
            return CompletableFuture.failedFuture(new KvException(Code.BAD_LEADER_TRANSFEREE));
        }
        if (target.equals(this.identity.self())) {
            return CompletableFuture.completedFuture(null);
        }
        return this.beforeTransfer.get()
            .exceptionally((failure) -> null)
            .thenCompose((done) -> this.raft.get().transferLeadership(target));
    }

    private List<Member> members() {
        Map<Long, PublishMember> published = this.state.members();
        return this.identity.peerUrls().entrySet().stream().map((entry) -> {
            PublishMember said = published.get(entry.getKey().value());
            return new Member(entry.getKey(), (said != null) ? said.name() : "", entry.getValue(),
                    (said != null) ? said.clientUrls() : List.of(), false);
        }).sorted(Comparator.comparing((member) -> member.id().value(), Long::compareUnsigned)).toList();
    }

}
