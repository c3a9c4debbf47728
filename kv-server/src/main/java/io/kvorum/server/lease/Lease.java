/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.lease;

/**
 * The replicated part of a lease.
 *
 * @param id its id, never 0
 * @param ttlSeconds the TTL granted
 * @param remainingSeconds what a leader last recorded as left, or 0 if that is the full
 * TTL
 */
public record Lease(long id, long ttlSeconds, long remainingSeconds) {

    /**
     * Returns what a new leader grants this lease.
     * @return the recorded rest, or the TTL
     */
    public long restSeconds() {
        return (this.remainingSeconds > 0) ? this.remainingSeconds : this.ttlSeconds;
    }

}
