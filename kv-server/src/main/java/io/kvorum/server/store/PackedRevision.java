/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

/**
 * A main revision and the number of a change inside it, packed into one {@code long} that
 * sorts the same way: what the log is keyed by.
 */
final class PackedRevision {

    private static final int SUB_BITS = 20;

    /** The greatest number of a change inside one main revision. */
    static final int MAX_SUB = (1 << SUB_BITS) - 1;

    private PackedRevision() {
    }

    static long of(long main, int sub) {
        return main << SUB_BITS | sub;
    }

    static long first(long main) {
        return main << SUB_BITS;
    }

    static long last(long main) {
        return main << SUB_BITS | MAX_SUB;
    }

    static long main(long packed) {
        return packed >>> SUB_BITS;
    }

    static int sub(long packed) {
        return (int) packed & MAX_SUB;
    }

    static String toString(long packed) {
        return main(packed) + "." + sub(packed);
    }

}
