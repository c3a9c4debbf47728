/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.AlarmType;
import io.kvorum.server.command.Command;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;
import io.kvorum.server.node.Cluster;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.node.Leases;
import io.kvorum.server.node.Maintenance;
import io.kvorum.server.watch.WatchHub;

/**
 * A node whose troubles a test decides. A real one would have to be driven into each of
 * them; how a real one answers is shown by the acceptance tests.
 */
class FakeNode implements KvNode, Cluster, Maintenance {

    volatile MemberId leader = new MemberId(1);

    volatile boolean learner;

    volatile long appliedIndex = 7;

    volatile @Nullable KvException linearizableFailure;

    volatile @Nullable KvException serializableFailure;

    volatile @Nullable String damage;

    volatile boolean hangs;

    final List<Result.Alarm> alarms = new ArrayList<>();

    void raise(AlarmType type) {
        this.alarms.add(new Result.Alarm(1, type));
    }

    @Override
    public CompletableFuture<Result.Range> range(RangeQuery query, Consistency consistency) {
        KvException failure = (consistency == Consistency.LINEARIZABLE) ? this.linearizableFailure
                : this.serializableFailure;
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        return this.hangs ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(new Result.Range(1, new RangeResult(List.of(), false, 0)));
    }

    @Override
    public Cluster cluster() {
        return this;
    }

    @Override
    public Maintenance maintenance() {
        return this;
    }

    @Override
    public MemberId leader() {
        return this.leader;
    }

    @Override
    public Status status() {
        return new Status(1, 0, this.appliedIndex, this.appliedIndex, 0, 0, 0, this.learner, List.of());
    }

    @Override
    public @Nullable String damage() {
        return this.damage;
    }

    @Override
    public List<Result.Alarm> alarms() {
        return this.alarms;
    }

    @Override
    public <R extends Result> CompletableFuture<R> propose(Command<R> command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Result.Txn> read(TxnOperation txn, Consistency consistency) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchHub watches() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Leases leases() {
        throw new UnsupportedOperationException();
    }

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
    public CompletableFuture<List<Member>> members(Consistency consistency) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> moveLeader(MemberId target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Hash> hash(long revision) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> defragment() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> awaitCompaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> snapshot(SnapshotTarget target) {
        throw new UnsupportedOperationException();
    }

}
