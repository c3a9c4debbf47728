/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BarTests {

    @Test
    void limitItselfIsMet() {
        assertThat(new Bar("ops/s", true, 1.5).verdict(1.5)).isEqualTo("ops/s ≥ 1.50: met");
        assertThat(new Bar("CPU", false, 0.7).verdict(0.7)).isEqualTo("CPU ≤ 0.70: met");
    }

    @Test
    void ratioThatIsNoNumberIsNotMet() {
        assertThat(new Bar("ops/s", true, 1.5).verdict(Double.NaN)).contains("not met");
        assertThat(new Bar("CPU", false, 0.7).verdict(Double.NaN)).contains("not met");
    }

}
