/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatenciesTests {

    private final Latencies latencies = new Latencies();

    @Test
    void nothingIsAllZero() {
        assertThat(this.latencies.summary()).isEqualTo(new Latencies.Summary(0, 0, 0, 0, 0));
    }

    @Test
    void meansHaveFourDigitsBehindThePoint() {
        for (long value : new long[] { 1, 2, 3, 3, 10, 12, 2 }) {
            this.latencies.add(value);
        }
        assertThat(this.latencies.summary()).isEqualTo(new Latencies.Summary(7, 33, 1, 12, 4.7143));
        this.latencies.reset();
        assertThat(this.latencies.summary().max()).isZero();
    }

}
