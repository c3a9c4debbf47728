/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

/**
 * Told when the measured phase of a run begins and ends, so that CPU time can be taken.
 */
public interface MeasuredPhase {

    /** Nobody wants to know. */
    MeasuredPhase UNOBSERVED = new MeasuredPhase() {
    };

    /** The warm-up is over. */
    default void begins() {
    }

    /** The measured phase is over; clients are still running. */
    default void ends() {
    }

}
