/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import io.kvorum.server.raft.PeerCallException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request got no answer.
 *
 * @param sent whether it may have reached the peer
 * @param timedOut whether it took too long
 * @param message what happened
 * @param cause the cause, if there is one
 */
record PeerFailure(boolean sent, boolean timedOut, String message, @Nullable Throwable cause) {

    /**
     * A request that was certainly not carried out.
     * @param message why
     * @return the failure
     */
    static PeerFailure notSent(String message) {
        return new PeerFailure(false, false, message, null);
    }

    /**
     * A request that may have been carried out.
     * @param message why there is no answer
     * @return the failure
     */
    static PeerFailure sent(String message) {
        return new PeerFailure(true, false, message, null);
    }

    /**
     * Returns the failure for callers outside the engine.
     * @return the exception
     */
    PeerCallException toException() {
        return new PeerCallException(this.sent, this.message, this.cause);
    }

}
