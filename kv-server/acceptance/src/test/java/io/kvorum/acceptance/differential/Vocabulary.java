/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.util.List;
import java.util.SplittableRandom;

import com.google.protobuf.ByteString;

/**
 * The few keys, values, leases and revisions that programs are made of, so that requests
 * meet each other.
 */
final class Vocabulary {

    private static final List<ByteString> KEYS = List.of(utf8("a"), utf8("b"), utf8("c"), utf8("aa"), utf8("ab"),
            utf8("a\0"), bytes(0), bytes(0xff), bytes(0xff, 0xff), utf8("b/1"), utf8("b/2"));

    private static final List<ByteString> ENDS = List.of(bytes(0), utf8("b"), utf8("c"), utf8("a\0"), utf8("b0"),
            utf8("z"), bytes(0xff), utf8("a"));

    private static final List<ByteString> VALUES = List.of(ByteString.EMPTY, utf8("1"), utf8("2"), utf8("10"), bytes(0),
            bytes(0xff, 0), utf8("x".repeat(40)));

    private static final List<Long> ODD_NUMBERS = List.of(-1L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, -5_000L);

    private final SplittableRandom random;

    Vocabulary(SplittableRandom random) {
        this.random = random;
    }

    boolean chance(int percent) {
        return this.random.nextInt(100) < percent;
    }

    int below(int bound) {
        return this.random.nextInt(bound);
    }

    <T> T oneOf(List<T> values) {
        return values.get(this.random.nextInt(values.size()));
    }

    ByteString key() {
        return chance(2) ? ByteString.EMPTY : oneOf(KEYS);
    }

    ByteString rangeEnd() {
        return chance(50) ? ByteString.EMPTY : oneOf(ENDS);
    }

    ByteString value() {
        return oneOf(VALUES);
    }

    /** Leases 1 to 4 exist now and then, 99 never does. */
    long lease() {
        return chance(4) ? 99 : 1 + below(4);
    }

    /** A revision around those that the program has made so far. */
    long revision(int writes) {
        return chance(6) ? oneOf(ODD_NUMBERS) : below(writes + 4) - 1L;
    }

    /** A revision that a watcher may begin at. */
    long pastOrNextRevision(int writes) {
        return below(writes + 4) - 1L;
    }

    long limit() {
        return chance(5) ? oneOf(ODD_NUMBERS) : below(5);
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }

}
