/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

import org.jspecify.annotations.Nullable;

/**
 * A request could not be carried out. The {@link Code} is what a front end maps to its
 * protocol's error; the message adds what a person needs. Carries no stack trace unless
 * it has a cause: these are answers, not bugs.
 */
public final class KvException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /**
     * Creates the exception for a code that says it all.
     * @param code the code
     */
    public KvException(Code code) {
        this(code, code.name(), null);
    }

    /**
     * Creates the exception with a message that names what is wrong.
     * @param code the code
     * @param message the message
     * @param cause what caused it, or {@code null}
     */
    public KvException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause, false, cause != null);
        this.code = code;
    }

    /**
     * Returns the code.
     * @return the code
     */
    public Code code() {
        return this.code;
    }

    /**
     * One value per decision a caller can take; the names follow etcd's error constants.
     */
    public enum Code {

        /** A key must not be empty. */
        EMPTY_KEY,
        /**
         * The key is missing and the request needs its value or lease, or an operation of
         * a transaction is empty.
         */
        KEY_NOT_FOUND,
        /** A value was given together with the wish to keep the old one. */
        VALUE_PROVIDED,
        /** A lease was given together with the wish to keep the old one. */
        LEASE_PROVIDED,
        /** A transaction has more operations than allowed. */
        TOO_MANY_OPS,
        /** A transaction writes a key twice. */
        DUPLICATE_KEY,
        /** Unknown sort order or target. */
        INVALID_SORT_OPTION,
        /** The encoded request is larger than allowed. */
        REQUEST_TOO_LARGE,
        /** The revision asked for was compacted. */
        COMPACTED,
        /** The revision asked for does not exist yet. */
        FUTURE_REVISION,
        /** The TTL is larger than allowed. */
        LEASE_TTL_TOO_LARGE,
        /** The lease does not exist (any more). */
        LEASE_NOT_FOUND,
        /** A lease with this id exists already. */
        LEASE_EXISTS,
        /** The quota is used up, or the disk is full. */
        NO_SPACE,
        /** The data of the cluster or of this member is damaged. */
        CORRUPT,
        /** The member does not exist. */
        MEMBER_NOT_FOUND,
        /** Only the leader can do this. */
        NOT_LEADER,
        /** The leadership cannot go to that member. */
        BAD_LEADER_TRANSFEREE,
        /** There is no leader now. */
        NO_LEADER,
        /**
         * The leader changed while the request was under way; whether it happened is
         * unknown.
         */
        LEADER_CHANGED,
        /** The member is stopping. */
        STOPPED,
        /** No answer in time; whether the request happened is unknown. */
        TIMEOUT,
        /** The same, probably because of a lost leader. */
        TIMEOUT_LEADER_FAILURE,
        /** The same, probably because of a lost connection. */
        TIMEOUT_CONNECTION_LOST,
        /** Not enough members are reachable. */
        UNHEALTHY,
        /** Too many requests wait to be applied. */
        TOO_MANY_REQUESTS,
        /** The key belongs to another protocol, or the caller may not use it. */
        PERMISSION_DENIED,
        /** The caller gave up. */
        CANCELED,
        /** The request is not supported in this state of the member or cluster. */
        NOT_SUPPORTED

    }

}
