/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.concurrent.CompletionStage;

/**
 * Something that one session at a time has: a lock, or the leadership of a role. Safe for
 * any thread.
 */
public interface Ownership extends AutoCloseable {

    /**
     * Returns the key that stands for it.
     * @return the key
     */
    Bytes key();

    /**
     * Returns the revision that created the key: greater than that of every owner before.
     * Whoever is written to refuses a smaller one than it has seen.
     * @return the fencing token
     */
    long fencingToken();

    /**
     * Tells whether it is still owned, as far as this side can trust it.
     * @return whether it is
     */
    boolean isHeld();

    /**
     * Returns the condition under which a transaction is this owner's: that it still is
     * one, by the servers' own knowledge.
     * @return the condition
     */
    Compare guard();

    /**
     * Completes when it is not owned any more, with why.
     * @return the end
     */
    CompletionStage<End> ended();

    /** Gives it away. Does not wait for the servers. */
    @Override
    void close();

    /** Why it is not owned any more. */
    enum End {

        /** It was given away. */
        RELEASED,

        /** The session has ended, or cannot be trusted. */
        SESSION_LOST,

        /** Somebody else deleted its key. */
        TAKEN_AWAY

    }

}
