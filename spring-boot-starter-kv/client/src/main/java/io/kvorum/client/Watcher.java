/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

/** A watch that goes on. Safe for any thread. */
public interface Watcher extends AutoCloseable {

    /**
     * Returns how far the watch is: everything up to here was told.
     * @return the revision
     */
    long revision();

    /** Ends the watch; the listener may hear of what was on its way. */
    @Override
    void close();

}
