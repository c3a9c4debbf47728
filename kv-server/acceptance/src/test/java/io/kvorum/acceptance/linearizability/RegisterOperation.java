/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.linearizability;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One operation on a register, as its client saw it. A read that failed is no operation.
 * A swap that did not match is a read of the value that it found.
 *
 * @param kind what was asked
 * @param expected what a swap compares with
 * @param value what was written or read; null for a register without a value
 * @param invoked when the client sent it
 * @param returned when the client had the answer; {@link #UNKNOWN} if it never got one,
 * so that the operation may have happened at any time after it was sent, or never
 */
public record RegisterOperation(Kind kind, @Nullable String expected, @Nullable String value, long invoked,
        long returned) {

    /** The time of an answer that never came. */
    public static final long UNKNOWN = Long.MAX_VALUE;

    /** What a client asks of a register. */
    public enum Kind {

        /** Sets the value. */
        WRITE,

        /** Answers the value. */
        READ,

        /** Sets the value if it is the expected one. */
        SWAP

    }

    /** A write that was answered, or not. */
    public static RegisterOperation write(String value, long invoked, long returned) {
        return new RegisterOperation(Kind.WRITE, null, value, invoked, returned);
    }

    /** A read with its answer. */
    public static RegisterOperation read(@Nullable String value, long invoked, long returned) {
        return new RegisterOperation(Kind.READ, null, value, invoked, returned);
    }

    /** A swap that succeeded, or one without an answer. */
    public static RegisterOperation swap(String expected, String value, long invoked, long returned) {
        return new RegisterOperation(Kind.SWAP, expected, value, invoked, returned);
    }

    boolean isAnswered() {
        return this.returned != UNKNOWN;
    }

    boolean isPossibleAt(@Nullable String state) {
        return switch (this.kind) {
            case WRITE -> true;
            case READ -> Objects.equals(this.value, state);
            case SWAP -> Objects.equals(this.expected, state);
        };
    }

}
