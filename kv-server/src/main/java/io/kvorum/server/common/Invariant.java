/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

import java.util.Locale;

import com.google.errorprone.annotations.FormatMethod;

/**
 * Cheap checks that run always. A broken invariant stops the member: wrong data is worse
 * than no data.
 */
public final class Invariant {

    private Invariant() {
    }

    /**
     * Checks a condition that holds unless there is a bug or a damaged disk.
     * @param condition the condition
     * @param message what is broken, in the form of
     * {@link String#format(String, Object...)}
     * @param args the message's arguments
     */
    @FormatMethod
    public static void check(boolean condition, String message, Object... args) {
        if (!condition) {
            throw new BrokenInvariantError(String.format(Locale.ROOT, message, args));
        }
    }

    /**
     * An invariant does not hold. An {@link Error}, so that no handler of ordinary
     * failures swallows it.
     */
    public static final class BrokenInvariantError extends Error {

        private static final long serialVersionUID = 1L;

        BrokenInvariantError(String message) {
            super(message);
        }

    }

}
