/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import io.kvorum.server.command.Command;

/**
 * Where a member reports what happens to it, for whoever counts that. Called on whatever
 * thread it happens on; must not block. Time is taken here and not by the caller: what
 * applies commands has no clock.
 */
public interface NodeMetrics {

    /** Forgets everything. */
    NodeMetrics NONE = new NodeMetrics() {
    };

    /** There is a leader, and it is not the one of a moment ago. */
    default void leaderChanged() {
    }

    /**
     * Commands got no answer from the log.
     * @param commands how many
     */
    default void proposalsFailed(int commands) {
    }

    /** A run of commands is about to be applied. Apply thread. */
    default void applying() {
    }

    /**
     * The next command of the run was applied. Apply thread.
     * @param command the command
     * @param succeeded whether it did what it says
     */
    default void applied(Command<?> command, boolean succeeded) {
    }

    /** A read index was not confirmed. */
    default void readIndexFailed() {
    }

    /** A read index was not confirmed in time. */
    default void readIndexSlow() {
    }

    /**
     * A lease was granted.
     * @param ttlSeconds its TTL
     */
    default void leaseGranted(long ttlSeconds) {
    }

    /** A lease is gone. */
    default void leaseRevoked() {
    }

    /** This member, which leads, renewed a lease. */
    default void leaseRenewed() {
    }

    /** This member, which leads, ended a lease that ran out. */
    default void leaseExpired() {
    }

}
