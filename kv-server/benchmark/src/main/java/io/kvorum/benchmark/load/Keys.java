/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.util.SplittableRandom;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

/** Keys by number, in the order of the numbers, and random values. Immutable. */
public final class Keys {

    private static final int DIGITS = 10;

    private static final int DIFFERENT_VALUES = 64;

    private final byte[] prefix;

    private final ByteString[] values = new ByteString[DIFFERENT_VALUES];

    /**
     * Prepares keys under a prefix.
     * @param prefix beginning of each key
     * @param data sizes and seed
     */
    public Keys(String prefix, DataShape data) {
        this.prefix = prefix.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        SplittableRandom random = new SplittableRandom(data.seed());
        for (int i = 0; i < DIFFERENT_VALUES; i++) {
            byte[] value = new byte[data.valueSizeBytes()];
            random.nextBytes(value);
            this.values[i] = UnsafeByteOperations.unsafeWrap(value);
        }
    }

    /**
     * The key with a number, which must have at most ten digits.
     * @param number the number
     * @return the key
     */
    public ByteString key(long number) {
        byte[] key = new byte[this.prefix.length + DIGITS];
        System.arraycopy(this.prefix, 0, key, 0, this.prefix.length);
        long rest = number;
        for (int i = key.length - 1; i >= this.prefix.length; i--) {
            key[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return UnsafeByteOperations.unsafeWrap(key);
    }

    /**
     * One of a few random values.
     * @param random chooses
     * @return the value
     */
    public ByteString value(SplittableRandom random) {
        return this.values[random.nextInt(DIFFERENT_VALUES)];
    }

}
