/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The runs of one scenario against the two servers.
 *
 * @param scenario the scenario
 * @param reference runs of the first server, which is etcd
 * @param subject runs of the second server, which is kv-server
 */
record ComparisonRow(Scenario scenario, List<Measurement> reference, List<Measurement> subject) {

    String toMarkdown() {
        List<String> cells = new ArrayList<>();
        cells.add(this.scenario.workload().toString());
        cells.add(Integer.toString(this.scenario.members()));
        cells.add(Integer.toString(this.scenario.clients()));
        addPair(cells, Measurement::opsPerSecond, "%,.0f");
        cells.add(ratioCell(Measurement::opsPerSecond));
        addPair(cells, Measurement::p50Millis, "%.2f");
        addPair(cells, Measurement::p99Millis, "%.2f");
        addPair(cells, Measurement::cpuSecondsPer100k, "%.2f");
        cells.add(ratioCell(Measurement::cpuSecondsPer100k));
        addPair(cells, Measurement::peakResidentMebibytes, "%,.0f");
        cells.add(errors(this.reference) + " / " + errors(this.subject));
        cells.add(verdicts());
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private void addPair(List<String> cells, ToDoubleFunction<Measurement> property, String format) {
        cells.add(String.format(Locale.ROOT, format, Median.of(this.reference, property)));
        cells.add(String.format(Locale.ROOT, format, Median.of(this.subject, property)));
    }

    private String ratioCell(ToDoubleFunction<Measurement> property) {
        return String.format(Locale.ROOT, "**%.2f**", ratio(property));
    }

    private double ratio(ToDoubleFunction<Measurement> property) {
        return Median.of(this.subject, property) / Median.of(this.reference, property);
    }

    private static long errors(List<Measurement> runs) {
        return runs.stream().mapToLong((run) -> run.result().errors()).sum();
    }

    private String verdicts() {
        int clients = this.scenario.clients();
        boolean three = this.scenario.members() == 3;
        List<String> verdicts = new ArrayList<>();
        switch (this.scenario.workload()) {
            case PUT -> {
                if (clients == 1) {
                    verdicts.add(new Bar("p50", false, 1).verdict(ratio(Measurement::p50Millis)));
                }
                if (three && clients >= 64) {
                    verdicts.add(new Bar("ops/s", true, 1.5).verdict(ratio(Measurement::opsPerSecond)));
                }
                if (three && clients == 64) {
                    verdicts.add(new Bar("CPU", false, 0.7).verdict(ratio(Measurement::cpuSecondsPer100k)));
                }
            }
            case GET_LINEARIZABLE, GET_SERIALIZABLE, RANGE, WATCH, ZNODE_CREATE, ZNODE_SET_DATA, ZNODE_GET_DATA -> {
                if (three) {
                    verdicts.add(new Bar("ops/s", true, 1).verdict(ratio(Measurement::opsPerSecond)));
                }
            }
            case TXN, MIXED -> {
                // No promise.
            }
        }
        return String.join("; ", verdicts);
    }

}
