/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The range conventions of etcd's requests. */
class KeyRangeTests {

    private static final Bytes ZERO = Bytes.wrap(new byte[1]);

    @Test
    void noRangeEndMeansTheKeyAlone() {
        KeyRange range = KeyRange.of(Bytes.utf8("a"), Bytes.EMPTY);
        assertThat(range.isSingle()).isTrue();
        assertThat(range.contains(Bytes.utf8("a"))).isTrue();
        assertThat(range.contains(Bytes.utf8("a").successor())).isFalse();
        assertThat(range.contains(Bytes.utf8("b"))).isFalse();
    }

    @Test
    void zeroByteMeansEverythingFromTheKeyOn() {
        KeyRange range = KeyRange.of(Bytes.utf8("b"), ZERO);
        assertThat(range.end()).isNull();
        assertThat(range.contains(Bytes.utf8("a"))).isFalse();
        assertThat(range.contains(Bytes.wrap(new byte[] { -1, -1, -1 }))).isTrue();
    }

    @Test
    void keysAreOrderedAsUnsignedBytes() {
        assertThat(Bytes.wrap(new byte[] { (byte) 0x80 })).isGreaterThan(Bytes.wrap(new byte[] { 0x7f }));
        assertThat(Bytes.utf8("a")).isLessThan(Bytes.utf8("a").successor());
    }

    @Test
    void rangesOverlapOnlyWhenAKeyCanBeInBoth() {
        KeyRange left = KeyRange.of(Bytes.utf8("a"), Bytes.utf8("c"));
        assertThat(left.overlaps(KeyRange.of(Bytes.utf8("c"), Bytes.utf8("d")))).isFalse();
        assertThat(left.overlaps(KeyRange.of(Bytes.utf8("b"), ZERO))).isTrue();
        assertThat(left.overlaps(KeyRange.single(Bytes.utf8("b")))).isTrue();
    }

    @Test
    void endBeforeStartIsEmpty() {
        assertThat(KeyRange.of(Bytes.utf8("b"), Bytes.utf8("a")).isEmpty()).isTrue();
        assertThat(KeyRange.ALL.isEmpty()).isFalse();
    }

}
