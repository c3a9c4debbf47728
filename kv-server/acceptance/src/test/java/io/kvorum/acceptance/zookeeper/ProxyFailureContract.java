/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.harness.Product;

import static org.assertj.core.api.Assertions.assertThat;

/** A proxy in front of a cluster of three whose members fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyFailureContract {

    private final Product product;

    private ClusterProcess cluster;

    private Proxies proxies;

    ProxyFailureContract(Product product) {
        this.product = product;
    }

    @BeforeAll
    void start() {
        this.cluster = ClusterProcess.start(this.product, 3);
        this.proxies = Proxies.of(this.cluster, 2);
    }

    @AfterAll
    void stop() {
        this.proxies.close();
        this.cluster.close();
    }

    @Test
    void oneMemberAfterTheOtherIsKilled() throws Exception {
        try (Counter counter = new Counter("/killed")) {
            for (MemberProcess member : this.cluster.members()) {
                counter.awaitProgress();
                member.kill();
                counter.awaitProgress();
                member.start();
            }
            counter.check();
        }
    }

    @Test
    void oneMemberAfterTheOtherStands() throws Exception {
        try (Counter counter = new Counter("/paused")) {
            for (MemberProcess member : this.cluster.members()) {
                counter.awaitProgress();
                member.pause();
                try {
                    counter.awaitProgress();
                }
                finally {
                    member.resume();
                }
            }
            counter.check();
        }
    }

    @Test
    void theClusterIsAwayForAWhile() throws Exception {
        try (Counter counter = new Counter("/away")) {
            counter.awaitProgress();
            this.cluster.members().forEach(MemberProcess::kill);
            counter.awaitLosses();
            this.cluster.members().forEach(MemberProcess::launch);
            this.cluster.awaitHealthy();
            counter.awaitProgress();
            counter.check();
        }
    }

    /** Two clients that count, and know what they were told. */
    private final class Counter implements AutoCloseable {

        private final String path;

        private final ExecutorService threads = Executors.newFixedThreadPool(2);

        private final AtomicBoolean running = new AtomicBoolean(true);

        private final AtomicInteger acknowledged = new AtomicInteger();

        private final AtomicInteger unknown = new AtomicInteger();

        private final AtomicInteger conflicts = new AtomicInteger();

        private final Future<?> first;

        private final Future<?> second;

        Counter(String path) throws Exception {
            this.path = path;
            try (Client client = Client.connected(ProxyFailureContract.this.proxies.endpoints())) {
                client.create(path, "0", CreateMode.PERSISTENT);
            }
            this.first = this.threads.submit(() -> count(ProxyFailureContract.this.proxies.endpoint(0)));
            this.second = this.threads.submit(() -> count(ProxyFailureContract.this.proxies.endpoint(1)));
        }

        void awaitProgress() {
            int before = this.acknowledged.get();
            Awaitility.await()
                .atMost(Client.PATIENCE.multipliedBy(2))
                .failFast("a client has failed", () -> this.first.isDone() || this.second.isDone())
                .until(() -> this.acknowledged.get() > before + 20);
        }

        void awaitLosses() {
            int before = this.unknown.get();
            Awaitility.await().atMost(Client.PATIENCE).until(() -> this.unknown.get() > before);
        }

        /** Nothing that was acknowledged is lost, and nothing was done twice. */
        void check() throws Exception {
            this.running.set(false);
            this.first.get();
            this.second.get();
            try (Client client = Client.connected(ProxyFailureContract.this.proxies.endpoints())) {
                client.zookeeper().setData("/", Client.bytes("behind everything"), -1);
                Stat stat = new Stat();
                int value = number(client.zookeeper().getData(this.path, false, stat));
                assertThat(value).isEqualTo(stat.getVersion());
                assertThat(value).isBetween(this.acknowledged.get(), this.acknowledged.get() + this.unknown.get());
            }
        }

        @Override
        public void close() {
            this.running.set(false);
            this.threads.shutdownNow();
        }

        private Void count(String endpoint) throws Exception {
            Client client = Client.connected(endpoint);
            while (this.running.get()) {
                try {
                    Stat stat = new Stat();
                    int value = number(client.zookeeper().getData(this.path, false, stat));
                    client.zookeeper().setData(this.path, Client.bytes("" + (value + 1)), stat.getVersion());
                    this.acknowledged.incrementAndGet();
                }
                catch (KeeperException.BadVersionException stale) {
                    this.conflicts.incrementAndGet();
                }
                catch (KeeperException.ConnectionLossException lost) {
                    this.unknown.incrementAndGet();
                }
                catch (KeeperException.SessionExpiredException expired) {
                    client.close();
                    client = Client.connected(endpoint);
                }
            }
            client.close();
            return null;
        }

        private static int number(byte[] data) {
            return Integer.parseInt(new String(data, StandardCharsets.UTF_8));
        }

    }

}
