/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Cluster;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.node.Leases;
import io.kvorum.server.protocol.zookeeper.admin.Source;

/** What a member tells operators of its ZooKeeper port. */
final class NodeSource implements Source {

    private final KvNode node;

    NodeSource(KvNode node) {
        this.node = node;
    }

    @Override
    public boolean isServing() {
        return !leader().equals(MemberId.NONE);
    }

    @Override
    public long revision() {
        return this.node.revision();
    }

    @Override
    public CompletableFuture<Result.Range> range(RangeQuery query) {
        return this.node.range(query, Consistency.SERIALIZABLE);
    }

    @Override
    public CompletableFuture<List<Cluster.Member>> members() {
        return this.node.cluster().members(Consistency.SERIALIZABLE);
    }

    @Override
    public MemberId self() {
        return this.node.cluster().self();
    }

    @Override
    public MemberId leader() {
        return this.node.cluster().leader();
    }

    @Override
    public CompletableFuture<Long> remainingSeconds(long session) {
        return this.node.leases().timeToLive(session, false).thenApply(Leases.TimeToLive::remainingSeconds);
    }

}
