/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The entries that this member proposed and that have no outcome yet. For any thread.
 * Makes sure that each gets one, also when the engine's node ends, and that they do not
 * use up the memory when a leader lost its quorum and has not noticed.
 */
final class Proposals {

    private static final long MAX_BYTES = 128L << 20;

    private final Set<Proposal> open = ConcurrentHashMap.newKeySet();

    private final AtomicLong openBytes = new AtomicLong();

    /** Returns {@code false} if too much is under way already. */
    boolean add(Proposal proposal) {
        if (this.openBytes.addAndGet(proposal.sizeBytes()) > MAX_BYTES) {
            this.openBytes.addAndGet(-proposal.sizeBytes());
            return false;
        }
        this.open.add(proposal);
        return true;
    }

    /** Returns {@code true} to the one caller that may tell the outcome. */
    boolean remove(Proposal proposal) {
        boolean first = this.open.remove(proposal);
        if (first) {
            this.openBytes.addAndGet(-proposal.sizeBytes());
        }
        return first;
    }

    /** Gives up what the engine will not answer any more. */
    void fail(String reason) {
        for (Proposal proposal : this.open) {
            proposal.fail(false, reason);
        }
    }

}
