/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Closed-loop clients of ZooKeeper's protocol, each with a session of its own, all on one
 * thread: the same bytes to either server.
 */
public final class ZnodeLoad {

    private static final int NODE_EXISTS = -110;

    private static final int PIPELINED = 64;

    private static final long SELECT_MILLIS = 100;

    private final LoadPlan plan;

    private final ZnodeRequests requests;

    private final Recording recording = new Recording();

    private ZnodeLoad(LoadPlan plan) {
        this.plan = plan;
        this.requests = new ZnodeRequests(plan.data());
    }

    /**
     * Makes the znodes that are missing, warms up and measures. Blocks for the time that
     * the plan says.
     * @param plan what to do
     * @param endpoints "host:port" of each member to use
     * @param phase told about the measured phase
     * @return what was seen
     */
    public static RunResult run(LoadPlan plan, List<String> endpoints, MeasuredPhase phase) {
        ZnodeLoad load = new ZnodeLoad(plan);
        load.fill(endpoints.get(0));
        List<Client> clients = new ArrayList<>();
        SplittableRandom seeds = new SplittableRandom(plan.data().seed());
        for (int i = 0; i < plan.clients(); i++) {
            clients.add(load.new Client(i, new ZnodeConnection(endpoints.get(i % endpoints.size())), seeds.split()));
        }
        load.recording.start(plan);
        Thread thread = new Thread(() -> load.loop(clients), "znode-load");
        thread.start();
        load.recording.passPhases(phase);
        try {
            thread.join();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return load.recording.result(plan);
    }

    private void fill(String endpoint) {
        SplittableRandom random = new SplittableRandom(this.plan.data().seed());
        try (ZnodeConnection connection = new ZnodeConnection(endpoint)) {
            this.requests.create(ZnodeRequests.PARENT, random, connection.out());
            this.requests.create(ZnodeRequests.NEW_PARENT, random, connection.out());
            if (exchange(connection, 2) == NODE_EXISTS) {
                return;
            }
            for (int first = 0; first < this.plan.data().keySpace(); first += PIPELINED) {
                int count = Math.min(PIPELINED, this.plan.data().keySpace() - first);
                for (int i = 0; i < count; i++) {
                    this.requests.create(ZnodeRequests.path(first + i), random, connection.out());
                }
                exchange(connection, count);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Sends what was written and returns the last error of its answers, or 0. */
    private static int exchange(ZnodeConnection connection, int answers) throws IOException {
        connection.send();
        int failure = 0;
        for (int i = 0; i < answers; i++) {
            while (!connection.hasFrame()) {
                connection.receive();
            }
            int error = connection.takeAnswer();
            failure = (error != 0) ? error : failure;
        }
        if (failure != 0 && failure != NODE_EXISTS) {
            throw new IOException("a znode cannot be made: error " + failure);
        }
        return failure;
    }

    private void loop(List<Client> clients) {
        try (Selector selector = Selector.open()) {
            for (Client client : clients) {
                client.connection.channel().configureBlocking(false);
                client.connection.channel().register(selector, SelectionKey.OP_READ, client);
                client.next();
            }
            while (!this.recording.stopped()) {
                selector.select((key) -> ((Client) key.attachment()).readable(key), SELECT_MILLIS);
            }
        }
        catch (IOException ex) {
            this.recording.failure(ex.toString());
        }
        finally {
            clients.forEach((client) -> client.connection.close());
        }
    }

    /** A client that sends its next request when the answer to the last one is there. */
    private final class Client {

        private final int number;

        private final ZnodeConnection connection;

        private final SplittableRandom random;

        /** New znodes of several runs on one cluster must not meet. */
        private long sent = System.nanoTime();

        private long startNanos;

        private Client(int number, ZnodeConnection connection, SplittableRandom random) {
            this.number = number;
            this.connection = connection;
            this.random = random;
        }

        private void next() throws IOException {
            ZnodeLoad.this.requests.next(ZnodeLoad.this.plan.workload(), this.number, this.sent++, this.random,
                    this.connection.out());
            this.startNanos = System.nanoTime();
            this.connection.send();
        }

        private void readable(SelectionKey key) {
            try {
                this.connection.receive();
                if (this.connection.hasFrame()) {
                    int error = this.connection.takeAnswer();
                    if (error == 0) {
                        ZnodeLoad.this.recording.success(this.startNanos, System.nanoTime());
                    }
                    else {
                        ZnodeLoad.this.recording.failure("error " + error);
                    }
                    next();
                }
            }
            catch (IOException ex) {
                ZnodeLoad.this.recording.failure(ex.toString());
                key.cancel();
            }
        }

    }

}
