/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Cluster;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.node.Leases;
import io.kvorum.server.node.Maintenance;
import io.kvorum.server.watch.WatchHub;

/**
 * As much of a member as watching needs: a hub, and a cluster that can lose its leader.
 */
final class WatchingNode implements KvNode, Cluster {

    static final long CLUSTER_ID = 0xcdf818194e3a8c32L;

    static final long MEMBER_ID = 0x8e9e05c52164694dL;

    private final WatchHub hub;

    private volatile MemberId leader = new MemberId(MEMBER_ID);

    WatchingNode(WatchHub hub) {
        this.hub = hub;
    }

    void loseLeader() {
        this.leader = MemberId.NONE;
    }

    @Override
    public WatchHub watches() {
        return this.hub;
    }

    @Override
    public Cluster cluster() {
        return this;
    }

    @Override
    public long clusterId() {
        return CLUSTER_ID;
    }

    @Override
    public MemberId self() {
        return new MemberId(MEMBER_ID);
    }

    @Override
    public long term() {
        return 2;
    }

    @Override
    public MemberId leader() {
        return this.leader;
    }

    @Override
    public <R extends Result> CompletableFuture<R> propose(Command<R> command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Result.Range> range(RangeQuery query, Consistency consistency) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Result.Txn> read(TxnOperation txn, Consistency consistency) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Leases leases() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Maintenance maintenance() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<Member>> members(Consistency consistency) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> moveLeader(MemberId target) {
        throw new UnsupportedOperationException();
    }

}
