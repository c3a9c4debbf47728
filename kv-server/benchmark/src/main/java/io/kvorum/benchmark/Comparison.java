/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kvorum.benchmark.cluster.Cluster;
import io.kvorum.benchmark.cluster.ClusterClient;
import io.kvorum.benchmark.cluster.ServerProgram;
import io.kvorum.benchmark.load.LoadDriver;
import io.kvorum.benchmark.load.LoadPlan;
import io.kvorum.benchmark.load.MeasuredPhase;
import io.kvorum.benchmark.load.RunResult;
import io.kvorum.benchmark.report.Measurement;
import io.kvorum.benchmark.report.Scenario;

/**
 * Runs scenarios against two servers in turns, A B A B, each time on a fresh cluster, or
 * with {@code --same-cluster} on one cluster per round for all scenarios of its size. The
 * second server may get a longer warm-up: a JVM compiles for minutes what etcd brings
 * compiled. Confined to the main thread.
 */
final class Comparison {

    private static final Duration DRIVER_WARM_UP = Duration.ofSeconds(3);

    private static final int DRIVER_WARM_UP_CLIENTS = 64;

    private final Settings settings;

    private final LoadOptions load;

    private final Duration subjectWarmUp;

    private final int rounds;

    private final boolean sameCluster;

    private final boolean leaderOnly;

    private final List<Measurement> measurements = new ArrayList<>();

    Comparison(Settings settings, Options options) {
        this.settings = settings;
        this.load = LoadOptions.from(options);
        this.subjectWarmUp = options.seconds("subject-warm-up", (int) this.load.template().warmUp().toSeconds());
        this.rounds = options.number("rounds", 2);
        this.sameCluster = options.flag("same-cluster");
        this.leaderOnly = options.flag("leader-only");
    }

    List<Measurement> run(List<Scenario> scenarios) {
        warmDriver(scenarios);
        List<List<Scenario>> groups = this.sameCluster ? bySize(scenarios) : scenarios.stream().map(List::of).toList();
        for (List<Scenario> group : groups) {
            for (int round = 1; round <= this.rounds; round++) {
                for (ServerProgram server : this.settings.servers()) {
                    runOrReport(server, group);
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

    /** Neither server must pay for the compilation of the driver. */
    private void warmDriver(List<Scenario> scenarios) {
        try (Cluster cluster = Cluster.start(this.settings.reference(), 1, this.settings.workDirectory())) {
            scenarios.stream().map(Scenario::workload).distinct().forEach((workload) -> {
                LoadPlan plan = this.load.plan(workload, DRIVER_WARM_UP_CLIENTS);
                LoadDriver.run(plan.lasting(Duration.ZERO, DRIVER_WARM_UP), cluster.endpoints(),
                        MeasuredPhase.UNOBSERVED);
            });
        }
    }

    /** A server that fails leaves a hole in the table, not the others without one. */
    private void runOrReport(ServerProgram server, List<Scenario> scenarios) {
        try {
            runOnOneCluster(server, scenarios);
        }
        catch (RuntimeException ex) {
            Console.progress("FAILED " + server.label() + " " + scenarios + ": " + ex);
        }
    }

    private void runOnOneCluster(ServerProgram server, List<Scenario> scenarios) {
        try (Cluster cluster = Cluster.start(server, scenarios.get(0).members(), this.settings.workDirectory())) {
            List<String> endpoints = this.leaderOnly ? leader(cluster) : cluster.endpoints();
            for (Scenario scenario : scenarios) {
                LoadPlan plan = this.load.plan(scenario.workload(), scenario.clients());
                Duration warmUp = server.equals(this.settings.subject()) ? this.subjectWarmUp : plan.warmUp();
                measure(cluster, scenario, plan.lasting(warmUp, plan.measure()), endpoints);
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
