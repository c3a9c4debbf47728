/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.time.Duration;

/**
 * One run of the driver.
 *
 * @param workload what the clients ask for
 * @param clients closed-loop clients, or watchers of {@link Workload#WATCH}
 * @param channelsPerEndpoint connections to each endpoint
 * @param threads event loops of the driver
 * @param warmUp time before the measured phase
 * @param measure length of the measured phase
 * @param data keys and values
 */
public record LoadPlan(Workload workload, int clients, int channelsPerEndpoint, int threads, Duration warmUp,
        Duration measure, DataShape data) {

    public LoadPlan {
        if (clients < 1 || channelsPerEndpoint < 1 || threads < 1) {
            throw new IllegalArgumentException("clients, channels and threads must be at least 1");
        }
        if (warmUp.isNegative() || measure.isNegative() || measure.isZero()) {
            throw new IllegalArgumentException("the measured phase must be longer than nothing");
        }
    }

    /**
     * The same plan with other times.
     * @param newWarmUp time before the measured phase
     * @param newMeasure length of the measured phase
     * @return the plan
     */
    public LoadPlan lasting(Duration newWarmUp, Duration newMeasure) {
        return new LoadPlan(this.workload, this.clients, this.channelsPerEndpoint, this.threads, newWarmUp, newMeasure,
                this.data);
    }

}
