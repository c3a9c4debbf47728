/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows. Any thread. */
public final class Counter {

    private final LongAdder value = new LongAdder();

    Counter() {
    }

    /** Adds one. */
    public void increment() {
        this.value.increment();
    }

    /**
     * Adds an amount.
     * @param amount what to add, not negative
     */
    public void add(long amount) {
        this.value.add(amount);
    }

    /**
     * Returns the value.
     * @return what was added so far
     */
    public long value() {
        return this.value.sum();
    }

}
