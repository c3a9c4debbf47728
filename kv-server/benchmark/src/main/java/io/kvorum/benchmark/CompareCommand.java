/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kvorum.benchmark.load.Workload;
import io.kvorum.benchmark.report.ComparisonTable;
import io.kvorum.benchmark.report.Measurement;
import io.kvorum.benchmark.report.Scenario;

/** The commands that end in the comparison table. */
final class CompareCommand {

    /** Reads come before the storms of writes: see {@code Preload}. */
    private static final List<Scenario> QUICK = List.of(new Scenario(Workload.GET_LINEARIZABLE, 3, 64),
            new Scenario(Workload.GET_SERIALIZABLE, 3, 64), new Scenario(Workload.RANGE, 3, 16),
            new Scenario(Workload.PUT, 3, 1), new Scenario(Workload.PUT, 3, 64), new Scenario(Workload.PUT, 3, 256),
            new Scenario(Workload.WATCH, 3, 1000), new Scenario(Workload.PUT, 1, 1));

    private static final List<Scenario> MORE = List.of(new Scenario(Workload.PUT, 1, 64),
            new Scenario(Workload.TXN, 3, 64), new Scenario(Workload.MIXED, 3, 64));

    private CompareCommand() {
    }

    static Benchmark.Command of(Workload workload, int clients) {
        return (options) -> {
            Settings settings = Settings.from(options, workload.toString());
            List<Integer> counts = options.numbers("clients", Integer.toString(clients));
            List<Scenario> scenarios = options.numbers("members", "3")
                .stream()
                .flatMap((members) -> counts.stream().map((count) -> new Scenario(workload, members, count)))
                .toList();
            run(settings, options, scenarios);
        };
    }

    static void quick(Options options) throws IOException {
        Options quick = options
            .withDefaults(Map.of("rounds", "1", "same-cluster", "true", "warm-up", "5", "measure", "6"));
        run(Settings.from(quick, "quick"), quick, QUICK);
    }

    static void all(Options options) throws IOException {
        Options all = options
            .withDefaults(Map.of("same-cluster", "true", "warm-up", "8", "subject-warm-up", "40", "measure", "8"));
        List<Scenario> scenarios = new ArrayList<>(QUICK);
        scenarios.addAll(MORE);
        run(Settings.from(all, "workloads"), all, scenarios);
    }

    private static void run(Settings settings, Options options, List<Scenario> scenarios) throws IOException {
        Comparison comparison = new Comparison(settings, options);
        options.refuseUnknown();
        List<Measurement> runs = comparison.run(scenarios);
        settings.publish(ComparisonTable.of(runs, settings.reference().label(), settings.subject().label()));
    }

}
