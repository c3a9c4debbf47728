/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;

/**
 * One comparison of a transaction. It must hold for every key in the range; a range
 * without keys counts as one missing key.
 *
 * @param range the keys
 * @param target the field to compare
 * @param relation how to compare
 * @param number what to compare with, for all targets but {@link Target#VALUE}
 * @param value what to compare with, for {@link Target#VALUE}
 */
public record Compare(KeyRange range, Target target, Relation relation, long number, Bytes value) {

    /** The field to compare. The order is part of the encoding. */
    public enum Target {

        /** Number of writes since the key's creation. */
        VERSION,
        /** Create revision. */
        CREATE,
        /** Mod revision. */
        MOD,
        /** Value; never holds on a missing key. */
        VALUE,
        /** Lease id. */
        LEASE

    }

    /** How to compare. The order is part of the encoding. */
    public enum Relation {

        /** Equal. */
        EQUAL,
        /** Greater. */
        GREATER,
        /** Less. */
        LESS,
        /** Not equal. */
        NOT_EQUAL;

        /**
         * Tells whether this relation holds.
         * @param comparison the outcome of a comparison, as
         * {@link Comparable#compareTo(Object)} gives it
         * @return {@code true} if it holds
         */
        public boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case GREATER -> comparison > 0;
                case LESS -> comparison < 0;
                case NOT_EQUAL -> comparison != 0;
            };
        }

    }

}
