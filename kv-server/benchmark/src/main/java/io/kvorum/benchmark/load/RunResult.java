/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.util.Locale;

import org.HdrHistogram.AbstractHistogram;

/**
 * What one run saw in its measured phase.
 *
 * @param workload what the clients asked for
 * @param clients number of clients
 * @param ops operations that completed well
 * @param errors operations that failed, in the warm-up as well
 * @param seconds length of the measured phase
 * @param latency latencies in microseconds
 * @param firstError status of the first failure, or nothing
 */
public record RunResult(Workload workload, int clients, long ops, long errors, double seconds, Latency latency,
        String firstError) {

    /**
     * Operations per second of the measured phase.
     * @return the rate
     */
    public double opsPerSecond() {
        return this.ops / this.seconds;
    }

    /**
     * The run as one line of JSON.
     * @param label name of the server
     * @param members number of members
     * @return the line, without its end
     */
    public String toJson(String label, int members) {
        return String.format(Locale.ROOT,
                "{\"server\":\"%s\",\"workload\":\"%s\",\"members\":%d,\"clients\":%d,\"ops\":%d,\"errors\":%d,"
                        + "\"seconds\":%.3f,\"ops_per_second\":%.1f,\"p50_us\":%d,\"p90_us\":%d,\"p99_us\":%d,"
                        + "\"p999_us\":%d,\"first_error\":\"%s\"}",
                label, this.workload, members, this.clients, this.ops, this.errors, this.seconds, opsPerSecond(),
                this.latency.p50(), this.latency.p90(), this.latency.p99(), this.latency.p999(),
                this.firstError.replaceAll("[\\\\\"\\p{Cntrl}]", " "));
    }

    /**
     * Percentiles in microseconds.
     *
     * @param p50 median
     * @param p90 ninth decile
     * @param p99 99th percentile
     * @param p999 99.9th percentile
     */
    public record Latency(long p50, long p90, long p99, long p999) {

        static Latency of(AbstractHistogram histogram) {
            return new Latency(histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(90),
                    histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9));
        }

    }

}
