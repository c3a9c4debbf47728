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
import io.kvorum.server.protocol.zookeeper.admin.Source;

/**
 * What is known of a tree that is kept elsewhere: it looks like a server that stands
 * alone.
 */
final class EnsembleSource implements Source {

    private static final long UNKNOWN = -1;

    private final Ensemble ensemble;

    EnsembleSource(Ensemble ensemble) {
        this.ensemble = ensemble;
    }

    @Override
    public boolean isServing() {
        return true;
    }

    @Override
    public long revision() {
        return this.ensemble.revision();
    }

    @Override
    public CompletableFuture<Result.Range> range(RangeQuery query) {
        return this.ensemble.read(List.of(query)).thenApply((txn) -> (Result.Range) txn.responses().get(0));
    }

    @Override
    public CompletableFuture<List<Cluster.Member>> members() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public MemberId self() {
        return MemberId.NONE;
    }

    @Override
    public MemberId leader() {
        return MemberId.NONE;
    }

    @Override
    public CompletableFuture<Long> remainingSeconds(long session) {
        return CompletableFuture.completedFuture(UNKNOWN);
    }

}
