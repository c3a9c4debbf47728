/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which lease keeps which session. They have the same id, unless the session's timeout
 * has changed: a lease cannot change its time. Safe for any thread.
 */
final class SessionLeases {

    private final LeaseRenewals renewals;

    /** Of sessions whose lease has another id; an entry goes when the session ends. */
    private final Map<Long, Long> others = new ConcurrentHashMap<>();

    SessionLeases(RemoteCluster cluster) {
        this.renewals = new LeaseRenewals(cluster);
    }

    /** Returns the lease of a session. */
    long of(long session) {
        return this.others.getOrDefault(session, session);
    }

    /** A session has this lease from now on. */
    void put(long session, long lease) {
        if (lease != session) {
            this.others.put(session, lease);
        }
    }

    /** A session is gone. */
    void forget(long session) {
        this.others.remove(session);
    }

    /** Starts a lease's time anew; answers its seconds, or 0 if it is gone. */
    CompletableFuture<Long> renew(long lease) {
        return this.renewals.renew(lease);
    }

}
