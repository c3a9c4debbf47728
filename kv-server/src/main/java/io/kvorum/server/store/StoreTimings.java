/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

/**
 * Where the store reports how long its work took. Called on the thread that did it; must
 * not block.
 */
public interface StoreTimings {

    /** Forgets the times. */
    StoreTimings NONE = new StoreTimings() {
    };

    /**
     * Changes were written to the file.
     * @param nanos how long that took, with the sync of the file if there was one
     */
    default void committed(long nanos) {
    }

    /** A defragmentation began. */
    default void defragmenting() {
    }

    /**
     * A defragmentation ended, well or not.
     * @param nanos how long it took
     */
    default void defragmented(long nanos) {
    }

    /**
     * An image was written, to a client or to another member.
     * @param nanos how long that took, with the waiting for whoever gets it
     */
    default void imageWritten(long nanos) {
    }

    /**
     * The hash of the history was computed.
     * @param nanos how long that took
     */
    default void hashed(long nanos) {
    }

}
