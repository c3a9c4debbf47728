/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.awaitility.Awaitility;

/** Some clients at work, each on its thread. */
final class Workload implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);

    private final List<WorkloadClient> clients = new ArrayList<>();

    private final List<Thread> threads = new ArrayList<>();

    private final History history = new History();

    Workload(List<String> endpoints, int clientsPerEndpoint, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (String endpoint : endpoints) {
            for (int i = 0; i < clientsPerEndpoint; i++) {
                String name = "c" + this.clients.size();
                WorkloadClient client = new WorkloadClient(name, endpoint, this.history, random.nextLong());
                this.clients.add(client);
                Thread thread = new Thread(client, name);
                thread.setDaemon(true);
                this.threads.add(thread);
            }
        }
    }

    void start() {
        this.threads.forEach(Thread::start);
    }

    History history() {
        return this.history;
    }

    /** Waits until this many more operations were answered. */
    void awaitProgress(int operations) {
        int goal = this.history.size() + operations;
        Awaitility.await(operations + " more operations")
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(10))
            .until(() -> this.history.size() >= goal);
    }

    @Override
    public void close() {
        this.clients.forEach(WorkloadClient::stop);
        Awaitility.await("end of the clients")
            .atMost(STOP_TIMEOUT)
            .until(() -> this.threads.stream().noneMatch(Thread::isAlive));
    }

}
