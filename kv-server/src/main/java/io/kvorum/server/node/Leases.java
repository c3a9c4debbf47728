/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;

/** Leases as front ends use them. Any thread; nothing blocks. */
public interface Leases {

    /**
     * Creates a lease.
     * @param id the id the client wants, or 0 for a new one
     * @param ttlSeconds the TTL the client wants; raised to the shortest that is allowed
     * @return the lease; fails with LEASE_EXISTS or LEASE_TTL_TOO_LARGE
     */
    CompletableFuture<Result.LeaseGranted> grant(long id, long ttlSeconds);

    /**
     * Ends a lease and deletes its keys.
     * @param id the lease
     * @return completes when it is done; fails with LEASE_NOT_FOUND
     */
    CompletableFuture<Result.Done> revoke(long id);

    /**
     * Starts a lease's TTL anew. Carried out by the leader, without the log.
     * @param id the lease
     * @return the TTL in seconds, or 0 if the lease does not exist or has expired
     */
    CompletableFuture<Long> keepAlive(long id);

    /**
     * Tells how long a lease has left. Carried out by the leader.
     * @param id the lease
     * @param withKeys whether to list its keys
     * @return the answer
     */
    CompletableFuture<TimeToLive> timeToLive(long id, boolean withKeys);

    /**
     * Lists all leases, the one that expires first at the front as far as this member
     * knows.
     * @return the ids
     */
    CompletableFuture<List<Long>> list();

    /**
     * How long a lease has left.
     *
     * @param id the lease
     * @param remainingSeconds what is left, or -1 if the lease does not exist
     * @param grantedSeconds its TTL
     * @param keys its keys, if asked for
     */
    record TimeToLive(long id, long remainingSeconds, long grantedSeconds, List<Bytes> keys) {
    }

}
