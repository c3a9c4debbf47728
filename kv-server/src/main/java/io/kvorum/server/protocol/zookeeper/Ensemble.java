/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.command.Command.TreeCommand;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.watch.WatchHub;

/**
 * What a ZooKeeper port stands in front of: somebody who keeps the tree, its history and
 * its sessions. Methods may be called from any thread and never block; futures fail with
 * {@link io.kvorum.server.common.KvException}.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>Once a command is answered, every read that begins later sees it.</li>
 * <li>Reads never go back in time.</li>
 * </ol>
 */
public interface Ensemble {

    /**
     * Carries out a write, or begins, moves or ends a session.
     * @param <R> the type of the result
     * @param command the command
     * @return the result
     */
    <R extends Result> CompletableFuture<R> propose(TreeCommand<R> command);

    /**
     * Reads a range of keys without asking anybody for something newer.
     * @param range the keys
     * @return the answer, with the revision that was read
     */
    CompletableFuture<Result.Range> range(KeyRange range);

    /**
     * Reads several ranges at one revision.
     * @param queries the queries, for the newest revision unless they name another
     * @return the answer, with the revision that was read and a range for each query
     */
    CompletableFuture<Result.Txn> read(List<RangeQuery> queries);

    /**
     * Waits until reads see everything that anybody was told to be done.
     * @return a revision that holds it all
     */
    CompletableFuture<Long> sync();

    /**
     * Returns the newest revision that reads can see.
     * @return the revision
     */
    long revision();

    /**
     * Returns the hub that tells of changes.
     * @return the hub
     */
    WatchHub watches();

    /**
     * Lists the keys that a session owns.
     * @param session the session
     * @return the keys, none if there is no such session
     */
    CompletableFuture<List<Bytes>> keysOf(long session);

    /**
     * The client of a session was heard of.
     * @param session the session
     * @return the seconds it has left, or 0 if it is gone
     */
    CompletableFuture<Long> keepAlive(long session);

}
