/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.concurrent.CompletableFuture;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.watch.WatchHub;

/**
 * One member of the cluster as the front ends see it. Methods may be called from any
 * thread and never block. Futures complete on whatever thread made the answer, so
 * continuations must be short; they fail with
 * {@link io.kvorum.server.common.KvException}. What was proposed may still happen after a
 * failure with TIMEOUT or LEADER_CHANGED.
 */
public interface KvNode {

    /**
     * Puts a command through the log and answers when it is applied on this member.
     * @param <R> the type of the result
     * @param command the command, already validated as far as that needs no state
     * @return the result
     */
    <R extends Result> CompletableFuture<R> propose(Command<R> command);

    /**
     * Reads a range.
     * @param query the query
     * @param consistency how fresh
     * @return the answer
     */
    CompletableFuture<Result.Range> range(RangeQuery query, Consistency consistency);

    /**
     * Evaluates a read-only transaction without the log.
     * @param txn a transaction for which {@link TxnOperation#isReadOnly()} holds
     * @param consistency how fresh
     * @return the answer
     */
    CompletableFuture<Result.Txn> read(TxnOperation txn, Consistency consistency);

    /**
     * Returns the store's current revision, as every answer of etcd v3 tells it. Cheap
     * enough for each request.
     * @return the revision this member has applied
     */
    default long revision() {
        return maintenance().status().revision();
    }

    /**
     * Returns the hub that watchers register with.
     * @return the hub
     */
    WatchHub watches();

    /**
     * Returns the leases of the cluster.
     * @return the leases
     */
    Leases leases();

    /**
     * Returns the cluster as this member sees it.
     * @return the cluster
     */
    Cluster cluster();

    /**
     * Returns what an operator does with this member.
     * @return the maintenance
     */
    Maintenance maintenance();

}
