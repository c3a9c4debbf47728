/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PercentilesTests {

    private final Percentiles percentiles = new Percentiles();

    @Test
    void smallValuesAreExact() {
        for (int value = 1; value <= 20; value++) {
            this.percentiles.add(value);
        }
        assertThat(this.percentiles.at(0.5)).isEqualTo(10);
        assertThat(this.percentiles.at(0.95)).isEqualTo(19);
        assertThat(this.percentiles.at(1)).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(longs = { 31, 32, 33, 63, 64, 1000, 4095, 4096, 123_456, Integer.MAX_VALUE })
    void largeValuesAreExactToThreePercent(long value) {
        this.percentiles.add(value);
        assertThat(this.percentiles.at(0.5)).isBetween(value, (long) (value * 1.032));
    }

    @Test
    void valuesOutOfRangeCountAsTheNearest() {
        this.percentiles.add(-5);
        assertThat(this.percentiles.at(1)).isZero();
        this.percentiles.add(Long.MAX_VALUE);
        assertThat(this.percentiles.at(1)).isGreaterThanOrEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void nothingIsLeftAfterAReset() {
        this.percentiles.add(7);
        this.percentiles.reset();
        assertThat(this.percentiles.at(0.5)).isZero();
    }

}
