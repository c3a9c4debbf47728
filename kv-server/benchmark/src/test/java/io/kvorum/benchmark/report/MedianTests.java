/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MedianTests {

    @Test
    void isTheMiddleOrBetweenTheMiddleTwo() {
        assertThat(Median.of(List.of(9.0, 1.0, 2.0), Double::doubleValue)).isEqualTo(2);
        assertThat(Median.of(List.of(9.0, 1.0, 2.0, 4.0), Double::doubleValue)).isEqualTo(3);
        assertThat(Median.of(List.<Double>of(), Double::doubleValue)).isNaN();
    }

}
