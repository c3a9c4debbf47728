/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

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

/** Stands where a member would be, for tests of what is answered without asking one. */
final class AbsentNode implements KvNode {

    private volatile MemberId leader = MemberId.NONE;

    void leader(MemberId member) {
        this.leader = member;
    }

    @Override
    public <R extends Result> CompletableFuture<R> propose(Command<R> command) {
        throw asked();
    }

    @Override
    public CompletableFuture<Result.Range> range(RangeQuery query, Consistency consistency) {
        throw asked();
    }

    @Override
    public CompletableFuture<Result.Txn> read(TxnOperation txn, Consistency consistency) {
        throw asked();
    }

    @Override
    public WatchHub watches() {
        throw asked();
    }

    @Override
    public Leases leases() {
        throw asked();
    }

    @Override
    public Cluster cluster() {
        return new AbsentCluster();
    }

    @Override
    public Maintenance maintenance() {
        throw asked();
    }

    private static AssertionError asked() {
        return new AssertionError("the member was asked");
    }

    private final class AbsentCluster implements Cluster {

        @Override
        public long clusterId() {
            return 1;
        }

        @Override
        public MemberId self() {
            return new MemberId(1);
        }

        @Override
        public long term() {
            return 1;
        }

        @Override
        public MemberId leader() {
            return AbsentNode.this.leader;
        }

        @Override
        public CompletableFuture<List<Member>> members(Consistency consistency) {
            throw asked();
        }

        @Override
        public CompletableFuture<Void> moveLeader(MemberId target) {
            throw asked();
        }

    }

}
