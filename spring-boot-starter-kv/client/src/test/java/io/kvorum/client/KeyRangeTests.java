/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyRangeTests {

    private static final Bytes ZERO = Bytes.copyOf(new byte[1]);

    @Test
    void aPrefixEndsBehindItsLastKey() {
        assertThat(KeyRange.prefix("a/").end()).isEqualTo(Bytes.utf8("a0"));
        Bytes high = Bytes.copyOf(new byte[] { 1, (byte) 0xff, (byte) 0xff });
        assertThat(KeyRange.prefix(high).end()).isEqualTo(Bytes.copyOf(new byte[] { 2 }));
        Bytes highest = Bytes.copyOf(new byte[] { (byte) 0xff });
        assertThat(KeyRange.prefix(highest)).isEqualTo(new KeyRange(highest, ZERO));
        assertThat(KeyRange.prefix("")).isEqualTo(KeyRange.ALL);
    }

    @Test
    void containsWhatItSays() {
        assertThat(KeyRange.prefix("a/").contains(Bytes.utf8("a/b"))).isTrue();
        assertThat(KeyRange.prefix("a/").contains(Bytes.utf8("a0"))).isFalse();
        assertThat(KeyRange.single("a").contains(Bytes.utf8("a"))).isTrue();
        assertThat(KeyRange.single("a").contains(Bytes.utf8("aa"))).isFalse();
        assertThat(KeyRange.ALL.contains(Bytes.utf8("anything"))).isTrue();
    }

    @Test
    void aNamespaceShiftsItAndLimitsIt() {
        Bytes namespace = Bytes.utf8("ns/");
        assertThat(KeyRange.single("a").under(namespace)).isEqualTo(KeyRange.single("ns/a"));
        assertThat(KeyRange.prefix("a/").under(namespace)).isEqualTo(KeyRange.prefix("ns/a/"));
        assertThat(KeyRange.ALL.under(namespace)).isEqualTo(KeyRange.prefix("ns/"));
        assertThat(new KeyRange(Bytes.utf8("b"), ZERO).under(namespace))
            .isEqualTo(new KeyRange(Bytes.utf8("ns/b"), Bytes.utf8("ns0")));
    }

    @Test
    void aKeyHasBytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRange.single(""));
    }

}
