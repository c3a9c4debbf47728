/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. */
public final class ManualClock implements Clock {

    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    @Override
    public long nanoTime() {
        return this.nanos.get();
    }

    @Override
    public long currentTimeMillis() {
        return this.nanos.get() / 1_000_000;
    }

    /**
     * Moves the clock.
     * @param time how far
     */
    public void advance(Duration time) {
        this.nanos.addAndGet(time.toNanos());
    }

}
