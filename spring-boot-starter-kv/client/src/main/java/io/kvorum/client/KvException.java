/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/** A request was not done, or nobody knows whether it was; the code says what to do. */
public final class KvException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Code code;

    /**
     * Creates an exception.
     * @param code what to do about it
     * @param message what happened, with the name of what it is about
     * @param cause what it comes from
     */
    public KvException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /**
     * Returns what to do about it.
     * @return the code
     */
    public Code code() {
        return this.code;
    }

    /** Each code is one decision of the caller. */
    public enum Code {

        /**
         * No endpoint could be reached, or the members have no leader. A read can be
         * tried again; of a write it is not known whether it was done.
         */
        UNAVAILABLE,

        /** Too late; of a write it is not known whether it was done. */
        TIMEOUT,

        /** Something is there that does not speak etcd's v3 API, or not this part. */
        WRONG_SERVER,

        /** Certificates do not fit, or one side speaks TLS and the other does not. */
        TLS_FAILED,

        /** User or password is wrong, or one is wanted. */
        UNAUTHENTICATED,

        /** The user may not do this. */
        PERMISSION_DENIED,

        /** The revision is not kept any more: list again. */
        COMPACTED,

        /** The revision does not exist yet. */
        FUTURE_REVISION,

        /** The lease is gone, with all keys that lived with it. */
        LEASE_NOT_FOUND,

        /** The request is too large, or has too many operations. */
        TOO_LARGE,

        /** The store is full: nothing can be written until an operator acts. */
        NO_SPACE,

        /** The server has too much to do: try again later. */
        OVERLOADED,

        /** The request makes no sense to the server. */
        INVALID,

        /** The server has damaged data, or failed in a way it does not expect. */
        SERVER_FAILED,

        /** The session that this depends on has ended. */
        SESSION_LOST,

        /** The client was closed. */
        CLOSED

    }

}
