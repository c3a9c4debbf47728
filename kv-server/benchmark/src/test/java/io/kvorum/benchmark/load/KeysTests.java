/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.util.SplittableRandom;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeysTests {

    private final Keys keys = new Keys("k/", new DataShape(1000, 256, 7));

    @Test
    void keysSortAsTheirNumbersDo() {
        assertThat(this.keys.key(42).toStringUtf8()).isEqualTo("k/0000000042");
        assertThat(ByteString.unsignedLexicographicalComparator().compare(this.keys.key(99), this.keys.key(100)))
            .isNegative();
    }

    @Test
    void sameSeedGivesSameValues() {
        Keys again = new Keys("k/", new DataShape(1000, 256, 7));
        ByteString value = this.keys.value(new SplittableRandom(1));
        assertThat(value).hasSize(256).isEqualTo(again.value(new SplittableRandom(1)));
    }

}
