/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a state of a process, which can only be asked for again and again. */
public final class Patience {

    private Patience() {
    }

    /**
     * Asks until the answer is yes.
     * @param state the question
     * @param interval time between two questions
     * @param limit time after which to give up
     * @return whether the answer was yes
     */
    public static boolean await(BooleanSupplier state, Duration interval, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(interval.toNanos());
        }
        return true;
    }

}
