/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.Collection;
import java.util.function.LongConsumer;

/** Where watchers register. Any thread; nothing blocks. */
public interface WatchHub {

    /**
     * Registers a watcher. It gets every event of its range from its start revision on:
     * ordered, unique, without a gap, all events of one revision together.
     * @param spec what to watch
     * @param sink where the events go
     * @return the registration
     * @throws io.kvorum.server.common.KvException with TOO_MANY_REQUESTS if there are as
     * many watchers as the settings allow, STOPPED if the member is stopping
     */
    Watcher watch(WatchSpec spec, WatchSink sink);

    /**
     * Tells up to which revision everything was delivered to all of the given watchers.
     * Their sinks hear of no later revision before the answer, and of no earlier one
     * after it.
     * @param watchers the watchers
     * @param answer gets the revision on the thread that delivers, or -1 if one of them
     * still reads history, is paused or waits for its start revision, or if there is none
     */
    void progress(Collection<? extends Watcher> watchers, LongConsumer answer);

    /**
     * Returns the newest revision that readers can see.
     * @return the revision
     */
    long revision();

}
