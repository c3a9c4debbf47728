/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

/** A peer sent what no member sends; its connection is closed. */
final class ProtocolViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     * @param message what is wrong with the bytes
     */
    ProtocolViolationException(String message) {
        // No stack trace: a hostile peer must not make us work.
        super(message, null, false, false);
    }

}
