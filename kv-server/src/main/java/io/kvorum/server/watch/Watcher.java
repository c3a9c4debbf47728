/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

/** A registered watcher. Any thread. */
public interface Watcher {

    /**
     * Returns the first revision that is delivered.
     * @return the start revision asked for, or the one behind the newest at registration
     */
    long startRevision();

    /**
     * Ends the watch. The sink hears nothing any more once this returns on the thread
     * that delivers.
     */
    void cancel();

    /**
     * Tells up to which revision everything was delivered, if the watcher is not behind.
     * @return the revision, or -1 while the watcher still reads history, is paused or
     * waits for its start revision
     */
    long syncedRevision();

    /**
     * The sink has room again, after {@link WatchSink#deliver} or
     * {@link WatchSink#hasRoom} returned {@code false}.
     */
    void resume();

}
