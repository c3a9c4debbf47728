/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.time.Duration;

/**
 * How much history is kept without anybody asking for its compaction.
 *
 * @param mode what {@code revisions} and {@code period} mean
 * @param revisions in mode {@link Mode#REVISION}, how many revisions behind the newest
 * stay readable
 * @param period in mode {@link Mode#PERIODIC}, for how long a revision stays readable
 */
public record Retention(Mode mode, long revisions, Duration period) {

    /** Everything is kept until somebody compacts. */
    public static final Retention ALL = new Retention(Mode.OFF, 0, Duration.ZERO);

    /** Checks that the limit of the mode is positive. */
    public Retention {
        if (mode == Mode.REVISION && revisions <= 0) {
            throw new IllegalArgumentException("retention must be at least one revision, not " + revisions);
        }
        if (mode == Mode.PERIODIC && (period.isNegative() || period.isZero())) {
            throw new IllegalArgumentException("retention must be longer than nothing, not " + period);
        }
    }

    /** Ways to limit the history. */
    public enum Mode {

        /** No limit. */
        OFF,
        /** By time. */
        PERIODIC,
        /** By number of revisions. */
        REVISION

    }

}
