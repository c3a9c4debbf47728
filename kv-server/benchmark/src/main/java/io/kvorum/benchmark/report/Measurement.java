/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import io.kvorum.benchmark.load.RunResult;

/**
 * One run of a scenario against one server.
 *
 * @param scenario the scenario
 * @param server label of the server
 * @param result what the clients saw
 * @param cpuSeconds CPU time of all members in the measured phase
 * @param peakResidentMebibytes peak memory, summed over the members
 */
public record Measurement(Scenario scenario, String server, RunResult result, double cpuSeconds,
        double peakResidentMebibytes) {

    double opsPerSecond() {
        return this.result.opsPerSecond();
    }

    double p50Millis() {
        return this.result.latency().p50() / 1000.0;
    }

    double p99Millis() {
        return this.result.latency().p99() / 1000.0;
    }

    double cpuSecondsPer100k() {
        return this.cpuSeconds / Math.max(1, this.result.ops()) * 100_000;
    }

}
