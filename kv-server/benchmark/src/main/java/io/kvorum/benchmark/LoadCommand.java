/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.util.List;

import io.kvorum.benchmark.load.LoadDriver;
import io.kvorum.benchmark.load.MeasuredPhase;
import io.kvorum.benchmark.load.RunResult;
import io.kvorum.benchmark.load.Workload;

/** Drives a cluster that runs already and prints one line of JSON per run. */
final class LoadCommand {

    private LoadCommand() {
    }

    static void run(Options options) {
        List<String> endpoints = options.texts("endpoints", "127.0.0.1:2379");
        List<Workload> workloads = options.texts("workload", "put").stream().map(Workload::of).toList();
        List<Integer> clients = options.numbers("clients", "64");
        String label = options.text("label", "server");
        LoadOptions load = LoadOptions.from(options);
        options.refuseUnknown();
        for (Workload workload : workloads) {
            for (int count : clients) {
                RunResult result = LoadDriver.run(load.plan(workload, count), endpoints, MeasuredPhase.UNOBSERVED);
                Console.line(result.toJson(label, endpoints.size()));
            }
        }
    }

}
