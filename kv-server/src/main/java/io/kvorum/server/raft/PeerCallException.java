/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import org.jspecify.annotations.Nullable;

/** A request to another member got no answer. */
public final class PeerCallException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean sent;

    /**
     * Creates the exception.
     * @param sent whether the request may have reached the other member
     * @param message what happened
     * @param cause the cause, or {@code null}
     */
    public PeerCallException(boolean sent, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    /**
     * Tells whether the request may have been carried out.
     * @return {@code false} if it certainly was not
     */
    public boolean sent() {
        return this.sent;
    }

}
