/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MetricsTests {

    private final Metrics metrics = new Metrics();

    @Test
    void counterKeepsItsName() {
        Counter counter = this.metrics.counter("etcd_server_proposals_failed_total", "Failed proposals.");
        counter.increment();
        counter.add(2);
        assertThat(this.metrics.text()).isEqualTo("""
                # HELP etcd_server_proposals_failed_total Failed proposals.
                # TYPE etcd_server_proposals_failed_total counter
                etcd_server_proposals_failed_total 3
                """);
    }

    @Test
    void gaugeMayEndInTotalAndIsReadWhenAsked() {
        long[] size = { 1 };
        this.metrics.gauge("etcd_debugging_mvcc_keys_total", "Keys.", () -> size[0]);
        size[0] = 1L << 40;
        assertThat(this.metrics.text()).contains("# TYPE etcd_debugging_mvcc_keys_total gauge\n")
            .contains("\netcd_debugging_mvcc_keys_total 1099511627776\n");
    }

    @Test
    void labelsAreEscaped() {
        this.metrics.counters("c", "Help\nwith a line.", "a", "b").with("x\"y\\z\n", "2").increment();
        assertThat(this.metrics.text()).isEqualTo("""
                # HELP c Help\\nwith a line.
                # TYPE c counter
                c{a="x\\"y\\\\z\\n",b="2"} 1
                """);
    }

    @Test
    void labelledInstrumentIsTheSameForTheSameValues() {
        Labelled<Counter> counters = this.metrics.counters("c", "Help.", "code");
        assertThat(counters.with("OK")).isSameAs(counters.with("OK")).isNotSameAs(counters.with("Unknown"));
    }

    @Test
    void histogramBucketsAreCumulative() {
        Histogram histogram = this.metrics.histogram("h_seconds", "Help.", Histogram.exponential(0.001, 2, 3));
        histogram.observe(0.001);
        histogram.observeNanos(1_500_000);
        histogram.observe(0.25);
        assertThat(this.metrics.text()).isEqualTo("""
                # HELP h_seconds Help.
                # TYPE h_seconds histogram
                h_seconds_bucket{le="0.001"} 1
                h_seconds_bucket{le="0.002"} 2
                h_seconds_bucket{le="0.004"} 2
                h_seconds_bucket{le="+Inf"} 3
                h_seconds_sum 0.2525
                h_seconds_count 3
                """);
    }

    @Test
    void gaugesWithChangingLabels() {
        this.metrics.gauges("peers", "Peers.", (values) -> {
            values.add(Labels.of("To", "a1"), 1);
            values.add(Labels.of("To", "b2"), 0);
        });
        assertThat(this.metrics.text()).endsWith("peers{To=\"a1\"} 1\npeers{To=\"b2\"} 0\n");
    }

    @Test
    void invariant1NameIsRegisteredOnce() {
        this.metrics.counter("c", "Help.");
        assertThatIllegalStateException().isThrownBy(() -> this.metrics.gauge("c", "Help.", () -> 0))
            .withMessageContaining("metric c is registered twice");
    }

}
