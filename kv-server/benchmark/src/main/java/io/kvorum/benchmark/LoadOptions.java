/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import io.kvorum.benchmark.load.DataShape;
import io.kvorum.benchmark.load.LoadPlan;
import io.kvorum.benchmark.load.Workload;

/**
 * The driver's part of the options, the same for every command.
 *
 * @param template a plan whose workload and clients are replaced for each run
 */
record LoadOptions(LoadPlan template) {

    static LoadOptions from(Options options) {
        DataShape data = new DataShape(options.number("keys", 10_000), options.number("value-size", 256),
                options.number("seed", 1));
        return new LoadOptions(new LoadPlan(Workload.PUT, 1, options.number("channels", 1),
                options.number("threads", 1), options.seconds("warm-up", 6), options.seconds("measure", 8), data));
    }

    LoadPlan plan(Workload workload, int clients) {
        return new LoadPlan(workload, clients, this.template.channelsPerEndpoint(), this.template.threads(),
                this.template.warmUp(), this.template.measure(), this.template.data());
    }

}
