/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

/** Where watchers register. */
public interface WatchHub {

    /**
     * Registers a watcher. It gets every event of its range from its start revision on:
     * ordered, unique, without a gap, all events of one revision together.
     * @param spec what to watch
     * @param sink where the events go
     * @return the registration
     */
    Watcher watch(WatchSpec spec, WatchSink sink);

}
