/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.Command.TreeCommand;
import io.kvorum.server.command.RangeOperation;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.node.Leases;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.watch.WatchHub;

/** The cluster of this member, as it has applied the log. Safe for any thread. */
final class NodeEnsemble implements Ensemble {

    private final KvNode node;

    NodeEnsemble(KvNode node) {
        this.node = node;
    }

    @Override
    public <R extends Result> CompletableFuture<R> propose(TreeCommand<R> command) {
        return this.node.propose(command);
    }

    @Override
    public CompletableFuture<Result.Range> range(KeyRange range) {
        return this.node.range(RangeQuery.of(range), Consistency.SERIALIZABLE);
    }

    @Override
    public CompletableFuture<Result.Txn> read(List<RangeQuery> queries) {
        List<Command.Operation<?>> ranges = new ArrayList<>(queries.size());
        queries.forEach((query) -> ranges.add(new RangeOperation(query)));
        return this.node.read(new TxnOperation(List.of(), ranges, List.of()), Consistency.SERIALIZABLE);
    }

    @Override
    public CompletableFuture<Long> sync() {
        RangeQuery nothing = RangeQuery.of(KeyRange.single(TreeKeys.node("/")));
        return this.node.range(nothing, Consistency.LINEARIZABLE).thenApply(Result.Range::revision);
    }

    @Override
    public long revision() {
        return this.node.revision();
    }

    @Override
    public WatchHub watches() {
        return this.node.watches();
    }

    @Override
    public CompletableFuture<List<Bytes>> keysOf(long session) {
        return this.node.leases().timeToLive(session, true).thenApply(Leases.TimeToLive::keys);
    }

    @Override
    public CompletableFuture<Long> keepAlive(long session) {
        return this.node.leases().keepAlive(session);
    }

}
