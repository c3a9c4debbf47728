/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Runs a plan against the members of a cluster. */
public final class LoadDriver {

    private LoadDriver() {
    }

    /**
     * Fills the key space if the workload needs it, warms up and measures. Blocks for the
     * time that the plan says.
     * @param plan what to do
     * @param endpoints "host:port" of each member to use
     * @param phase told about the measured phase
     * @return what was seen
     */
    public static RunResult run(LoadPlan plan, List<String> endpoints, MeasuredPhase phase) {
        if (plan.workload().preloaded()) {
            try (Connections connections = new Connections(endpoints, 1, 1)) {
                Preload.fill(connections, plan.data());
            }
        }
        try (Connections connections = new Connections(endpoints, plan.channelsPerEndpoint(), plan.threads())) {
            if (plan.workload() == Workload.WATCH) {
                return new WatchFanOut(plan, connections).run(phase);
            }
            return closedLoop(plan, connections, phase);
        }
    }

    private static RunResult closedLoop(LoadPlan plan, Connections connections, MeasuredPhase phase) {
        Function<SplittableRandom, Call<?, ?>> requests = new Requests(plan.data()).of(plan.workload());
        SplittableRandom seeds = new SplittableRandom(plan.data().seed());
        Recording recording = new Recording();
        recording.start(plan);
        for (int i = 0; i < plan.clients(); i++) {
            new ClosedLoopClient(i, connections, requests, seeds.split(), recording).next();
        }
        recording.passPhases(phase);
        return recording.result(plan);
    }

}
