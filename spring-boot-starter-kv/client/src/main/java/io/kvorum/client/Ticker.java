/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.concurrent.TimeUnit;

/** Time that only goes on, and work that is done later. Safe for any thread. */
interface Ticker {

    /** Nanoseconds since some moment. */
    long nanoTime();

    /**
     * Does something later, in a thread that must not be blocked.
     * @return a way not to do it
     */
    Pending after(long delay, TimeUnit unit, Runnable task);

    /** Something that will be done. */
    interface Pending {

        void cancel();

    }

}
