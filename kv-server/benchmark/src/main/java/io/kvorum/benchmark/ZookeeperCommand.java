/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.kvorum.benchmark.cluster.Ensemble;
import io.kvorum.benchmark.cluster.ServerProgram;
import io.kvorum.benchmark.load.LoadPlan;
import io.kvorum.benchmark.load.MeasuredPhase;
import io.kvorum.benchmark.load.RunResult;
import io.kvorum.benchmark.load.Workload;
import io.kvorum.benchmark.load.ZnodeLoad;
import io.kvorum.benchmark.report.ComparisonTable;
import io.kvorum.benchmark.report.Machine;
import io.kvorum.benchmark.report.Measurement;
import io.kvorum.benchmark.report.ReportFile;
import io.kvorum.benchmark.report.Scenario;

/**
 * The comparison with ZooKeeper: both are warmed up for the same time, in turns, with one
 * ensemble per round and server for all workloads.
 */
final class ZookeeperCommand {

    private static final String KV_SERVER = "kv-server";

    private final Path root = Path.of(System.getProperty("kvorum.root", "")).toAbsolutePath();

    private final Path target = this.root.resolve("kv-server/benchmark/target");

    private final List<String> servers;

    private final int members;

    private final int rounds;

    private final int clients;

    private final List<Workload> workloads;

    private final LoadOptions load;

    private final Path workDirectory;

    private ZookeeperCommand(Options options) {
        this.servers = options.texts("servers", Ensemble.ZOOKEEPER + "," + KV_SERVER);
        this.members = options.number("members", 3);
        this.rounds = options.number("rounds", 2);
        this.clients = options.number("clients", 64);
        this.workloads = options.texts("workloads", "getData,setData,create").stream().map(Workload::of).toList();
        this.load = LoadOptions.from(options);
        this.workDirectory = Path.of(options.text("work-dir", this.target.resolve("work").toString()));
        options.refuseUnknown();
    }

    static void run(Options options) throws IOException {
        new ZookeeperCommand(options).run();
    }

    private void run() throws IOException {
        ReportFile report = ReportFile.in(this.target, "report-zookeeper");
        List<Measurement> measurements = new ArrayList<>();
        for (int round = 1; round <= this.rounds; round++) {
            for (String server : this.servers) {
                try (Ensemble ensemble = start(server)) {
                    this.workloads.forEach((workload) -> measurements.add(measure(ensemble, workload)));
                }
            }
        }
        String table = "## `zookeeper`\n\n" + Machine.describe(this.workDirectory) + "\n\n"
                + ComparisonTable.of(measurements, Ensemble.ZOOKEEPER, KV_SERVER);
        Console.line(table);
        report.add(table);
    }

    private Ensemble start(String server) throws IOException {
        return switch (server) {
            case Ensemble.ZOOKEEPER ->
                Ensemble.zookeeper(Files.readString(this.target.resolve("jmh.classpath")).strip(),
                        this.root.resolve("config/jvm.options"), this.members, this.workDirectory);
            case KV_SERVER ->
                Ensemble.kvServer(ServerProgram.kvServer(this.root, KV_SERVER), this.members, this.workDirectory);
            default -> throw new IllegalArgumentException("unknown server '" + server + "'");
        };
    }

    private Measurement measure(Ensemble ensemble, Workload workload) {
        CpuMeter cpu = new CpuMeter(ensemble);
        LoadPlan plan = this.load.plan(workload, this.clients);
        RunResult result = ZnodeLoad.run(plan, ensemble.endpoints(), cpu);
        Console.progress(result.toJson(ensemble.label(), this.members));
        return new Measurement(new Scenario(workload, this.members, this.clients), ensemble.label(), result,
                cpu.end - cpu.begin, ensemble.peakResidentMebibytes());
    }

    /** CPU time of an ensemble in the measured phase. */
    private static final class CpuMeter implements MeasuredPhase {

        private final Ensemble ensemble;

        private double begin;

        private double end;

        private CpuMeter(Ensemble ensemble) {
            this.ensemble = ensemble;
        }

        @Override
        public void begins() {
            this.begin = this.ensemble.cpuSeconds();
        }

        @Override
        public void ends() {
            this.end = this.ensemble.cpuSeconds();
        }

    }

}
