/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.concurrent.CompletionStage;

/**
 * The life of this process in the eyes of the servers: a lease that is renewed as long as
 * the process works. Keys that live with it are gone soon after it has ended. Safe for
 * any thread.
 *
 * <p>
 * This side never needs to hear that a session is lost: it stops trusting it when the
 * last renewal that was answered is too old, by its own monotonic clock, and so before
 * the servers let go of it.
 */
public interface Session extends AutoCloseable {

    /**
     * Returns the lease.
     * @return its id
     */
    long lease();

    /**
     * Tells whether the session can be trusted now. Looks at the clock: true also for a
     * process that has just been stopped for a while means that it was not for too long.
     * @return whether it can
     */
    boolean isAlive();

    /**
     * Completes when the session has ended, with why. Whoever waits for it must not block
     * the thread that tells.
     * @return the end
     */
    CompletionStage<End> ended();

    /**
     * Ends the session, and deletes the keys that live with it, if the servers answer.
     */
    @Override
    void close();

    /** Why a session has ended. */
    enum End {

        /** Somebody closed it. */
        CLOSED,

        /** It could not be renewed in time. */
        NOT_RENEWED,

        /** The servers do not know it: it had expired, or was revoked. */
        REVOKED

    }

}
