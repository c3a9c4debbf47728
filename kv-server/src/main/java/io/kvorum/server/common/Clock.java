/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

/** Where components get the time from, so that tests can drive it. */
public interface Clock {

    /** The clock of the machine. */
    Clock SYSTEM = new Clock() {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long currentTimeMillis() {
            return System.currentTimeMillis();
        }

    };

    /**
     * Returns the monotonic time, for intervals.
     * @return nanoseconds since an arbitrary moment
     */
    long nanoTime();

    /**
     * Returns the wall-clock time.
     * @return milliseconds since the epoch
     */
    long currentTimeMillis();

}
