/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.kvorum.benchmark.cluster.Cluster;
import io.kvorum.benchmark.cluster.ClusterClient;
import io.kvorum.benchmark.cluster.ServerProgram;
import io.kvorum.benchmark.load.LoadDriver;
import io.kvorum.benchmark.load.LoadPlan;
import io.kvorum.benchmark.load.MeasuredPhase;
import io.kvorum.benchmark.load.RunResult;
import io.kvorum.benchmark.load.Workload;
import io.kvorum.benchmark.report.Measurement;
import io.kvorum.benchmark.report.Scenario;

/**
 * Runs scenarios against two servers in turns, A B A B, each time on a fresh cluster, or
 * with {@code --same-cluster} on one cluster per round for all scenarios of its size.
 * Confined to the main thread.
 */
final class Comparison {

    private final Settings settings;

    private final LoadOptions load;

    private final int rounds;

    private final boolean sameCluster;

    private final boolean leaderOnly;

    /** Workloads that the driver's own compiler has seen already. */
    private final Set<Workload> warmed = EnumSet.noneOf(Workload.class);

    private final List<Measurement> measurements = new ArrayList<>();

    Comparison(Settings settings, Options options) {
        this.settings = settings;
        this.load = LoadOptions.from(options);
        this.rounds = options.number("rounds", 2);
        this.sameCluster = options.flag("same-cluster");
        this.leaderOnly = options.flag("leader-only");
    }

    List<Measurement> run(List<Scenario> scenarios) {
        List<List<Scenario>> groups = this.sameCluster ? bySize(scenarios) : scenarios.stream().map(List::of).toList();
        for (List<Scenario> group : groups) {
            for (int round = 1; round <= this.rounds; round++) {
                for (ServerProgram server : this.settings.servers()) {
                    runOnOneCluster(server, group);
                }
            }
        }
        return this.measurements;
    }

    private static List<List<Scenario>> bySize(List<Scenario> scenarios) {
        return scenarios.stream()
            .map(Scenario::members)
            .distinct()
            .map((size) -> scenarios.stream().filter((scenario) -> scenario.members() == size).toList())
            .toList();
    }

    private void runOnOneCluster(ServerProgram server, List<Scenario> scenarios) {
        try (Cluster cluster = Cluster.start(server, scenarios.get(0).members(), this.settings.workDirectory())) {
            List<String> endpoints = this.leaderOnly ? leader(cluster) : cluster.endpoints();
            for (Scenario scenario : scenarios) {
                LoadPlan plan = this.load.plan(scenario.workload(), scenario.clients());
                if (this.warmed.add(scenario.workload())) {
                    // The first server must not pay for the driver's compilation.
                    LoadDriver.run(plan, endpoints, MeasuredPhase.UNOBSERVED);
                }
                measure(cluster, scenario, plan, endpoints);
            }
        }
    }

    private static List<String> leader(Cluster cluster) {
        try (ClusterClient client = new ClusterClient(cluster)) {
            return List.of(client.leader().endpoint());
        }
    }

    private void measure(Cluster cluster, Scenario scenario, LoadPlan plan, List<String> endpoints) {
        CpuMeter cpu = new CpuMeter(cluster);
        RunResult result = LoadDriver.run(plan, endpoints, cpu);
        String label = cluster.program().label();
        this.measurements.add(new Measurement(scenario, label, result, cpu.seconds(), cluster.peakResidentMebibytes()));
        Console.progress(result.toJson(label, scenario.members()));
    }

    /** CPU time of a cluster in the measured phase. */
    private static final class CpuMeter implements MeasuredPhase {

        private final Cluster cluster;

        private double begin;

        private double end;

        private CpuMeter(Cluster cluster) {
            this.cluster = cluster;
        }

        @Override
        public void begins() {
            this.begin = this.cluster.cpuSeconds();
        }

        @Override
        public void ends() {
            this.end = this.cluster.cpuSeconds();
        }

        private double seconds() {
            return this.end - this.begin;
        }

    }

}
