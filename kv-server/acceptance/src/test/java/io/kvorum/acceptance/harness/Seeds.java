/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/**
 * Seeds of the random tests: a fixed set, one new seed in each run, or the one of
 * {@code -Dkvorum.seed=}.
 */
public final class Seeds {

    private Seeds() {
    }

    /**
     * The seeds 1 to {@code fixed} and a new one; only the given seed when one is given.
     */
    public static LongStream fixedAndFresh(int fixed) {
        String given = System.getProperty("kvorum.seed", "");
        if (!given.isBlank()) {
            return LongStream.of(Long.parseLong(given));
        }
        return LongStream.concat(LongStream.rangeClosed(1, fixed), LongStream.of(fresh()));
    }

    /** The given seed or a new one. */
    public static long fresh() {
        String given = System.getProperty("kvorum.seed", "");
        return given.isBlank() ? ThreadLocalRandom.current().nextLong(1_000, Long.MAX_VALUE) : Long.parseLong(given);
    }

}
