/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.List;

import io.kvorum.server.common.KvException;

/**
 * Proposals that travel in one entry. The entry's outcome is decided once: applied or
 * failed, whichever comes first.
 */
final class PendingBatch {

    private final long id;

    private final List<Proposal<?>> proposals;

    private final long term;

    private final boolean local;

    /** Guarded by the proposer's lock. */
    private boolean unknown;

    PendingBatch(long id, List<Proposal<?>> proposals, long term, boolean local) {
        this.id = id;
        this.proposals = proposals;
        this.term = term;
        this.local = local;
    }

    long id() {
        return this.id;
    }

    List<Proposal<?>> proposals() {
        return this.proposals;
    }

    /** The term in which the batch was handed to the leader. */
    long term() {
        return this.term;
    }

    /** Whether this member was the leader it was handed to. */
    boolean local() {
        return this.local;
    }

    /**
     * Whether nobody can say any more if the batch got into the log. Guarded by the
     * proposer's lock.
     */
    boolean unknown() {
        return this.unknown;
    }

    /** Guarded by the proposer's lock. */
    void becameUnknown() {
        this.unknown = true;
    }

    boolean isOverdue(long nowNanos) {
        return this.proposals.get(0).deadlineNanos() - nowNanos <= 0;
    }

    void fail(KvException failure) {
        this.proposals.forEach((proposal) -> proposal.complete(null, failure));
    }

}
