/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Cluster;

/** Where reports get what is behind a port. Any thread; nothing blocks. */
public interface Source {

    /**
     * Tells whether requests can be carried out, as far as is known here.
     * @return {@code true} if they can
     */
    boolean isServing();

    /**
     * Returns the newest revision that reads can see.
     * @return the revision
     */
    long revision();

    /**
     * Reads keys of the tree.
     * @param query which ones
     * @return the answer
     */
    CompletableFuture<Result.Range> range(RangeQuery query);

    /**
     * Lists the members of the cluster.
     * @return the members in the order of their ids, or none if that is not known
     */
    CompletableFuture<List<Cluster.Member>> members();

    /**
     * Returns the member that this port belongs to.
     * @return the member, or {@link MemberId#NONE}
     */
    MemberId self();

    /**
     * Returns the leader.
     * @return the leader, or {@link MemberId#NONE}
     */
    MemberId leader();

    /**
     * Tells how long a session has left.
     * @param session the session
     * @return seconds, or -1 if that is not known
     */
    CompletableFuture<Long> remainingSeconds(long session);

}
