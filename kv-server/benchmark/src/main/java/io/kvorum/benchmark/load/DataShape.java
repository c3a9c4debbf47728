/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

/**
 * Keys and values of a run.
 *
 * @param keySpace number of different keys
 * @param valueSizeBytes size of each value
 * @param seed beginning of every random choice, so that two runs ask for the same keys
 */
public record DataShape(int keySpace, int valueSizeBytes, long seed) {

    public DataShape {
        if (keySpace < Requests.RANGE_ROWS) {
            throw new IllegalArgumentException("the key space must hold at least " + Requests.RANGE_ROWS + " keys");
        }
        if (valueSizeBytes < Long.BYTES) {
            throw new IllegalArgumentException("a value must have at least " + Long.BYTES + " bytes");
        }
    }

}
