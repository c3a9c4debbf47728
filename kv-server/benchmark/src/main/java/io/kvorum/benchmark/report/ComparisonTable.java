/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Markdown of a comparison. */
public final class ComparisonTable {

    private ComparisonTable() {
    }

    /**
     * The table, a row for each scenario in the order of the runs.
     * @param runs all runs
     * @param reference label of the first server
     * @param subject label of the second server
     * @return Markdown
     */
    public static String of(List<Measurement> runs, String reference, String subject) {
        String header = ("| workload | members | clients | {A} ops/s | {B} ops/s | ratio | {A} p50 ms | {B} p50 ms "
                + "| {A} p99 ms | {B} p99 ms | {A} CPU s/100k | {B} CPU s/100k | ratio | {A} RSS MiB | {B} RSS MiB "
                + "| errors | bar |\n")
            .replace("{A}", reference)
            .replace("{B}", subject);
        Map<Scenario, List<Measurement>> byScenario = runs.stream()
            .collect(Collectors.groupingBy(Measurement::scenario, LinkedHashMap::new, Collectors.toList()));
        String rows = byScenario.entrySet()
            .stream()
            .map((entry) -> new ComparisonRow(entry.getKey(), of(entry.getValue(), reference),
                    of(entry.getValue(), subject))
                .toMarkdown())
            .collect(Collectors.joining("\n"));
        return header + "|---|---|---" + "|---:".repeat(13) + "|---|\n" + rows + "\n\n"
                + "Medians of the alternated runs. An operation of `range` reads 100 rows; one of `watch` is an event "
                + "delivered to a watcher. RSS is the sum of the members' peaks.\n";
    }

    private static List<Measurement> of(List<Measurement> runs, String server) {
        return runs.stream().filter((run) -> run.server().equals(server)).toList();
    }

}
