/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.Stat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.proto.etcdserverpb.CompactionRequest;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is special about proxies: several write the same tree, and none of them owns it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyContract {

    private static final int CLIENTS = 6;

    private final Product product;

    private Proxies proxies;

    private Client observer;

    ProxyContract(Product product) {
        this.product = product;
    }

    @BeforeAll
    void start() {
        this.proxies = new Proxies(this.product, 2);
        this.observer = Client.connected(this.proxies.endpoint(0));
    }

    @AfterAll
    void stop() throws InterruptedException {
        this.observer.close();
        this.proxies.close();
    }

    @Test
    void sequentialNumbersAreGivenOnce() throws Exception {
        int each = 40;
        this.observer.create("/seq", "", CreateMode.PERSISTENT);
        ConcurrentLinkedQueue<String> created = new ConcurrentLinkedQueue<>();
        together((client) -> {
            for (int i = 0; i < each; i++) {
                created.add(client.create("/seq/n-", "", CreateMode.PERSISTENT_SEQUENTIAL));
            }
        });
        assertThat(created).containsExactlyInAnyOrderElementsOf(IntStream.range(0, CLIENTS * each)
            .mapToObj((number) -> String.format("/seq/n-%010d", number))
            .toList());
        sync(this.observer);
        Stat stat = new Stat();
        assertThat(this.observer.zookeeper().getChildren("/seq", false, stat)).hasSize(CLIENTS * each);
        assertThat(stat.getCversion()).isEqualTo(CLIENTS * each);
        assertThat(stat.getNumChildren()).isEqualTo(CLIENTS * each);
    }

    @Test
    void noIncrementIsLost() throws Exception {
        int each = 30;
        this.observer.create("/counter", "0", CreateMode.PERSISTENT);
        together((client) -> {
            for (int done = 0; done < each;) {
                Stat stat = new Stat();
                int value = number(client.zookeeper().getData("/counter", false, stat));
                try {
                    client.zookeeper().setData("/counter", Client.bytes("" + (value + 1)), stat.getVersion());
                    done++;
                }
                catch (KeeperException.BadVersionException stale) {
                    client.zookeeper().exists("/counter", false);
                }
            }
        });
        sync(this.observer);
        Stat stat = new Stat();
        assertThat(number(this.observer.zookeeper().getData("/counter", false, stat))).isEqualTo(CLIENTS * each);
        assertThat(stat.getVersion()).isEqualTo(CLIENTS * each);
    }

    @Test
    void oneOfManyCreatesOrDeletes() throws Exception {
        AtomicInteger created = new AtomicInteger();
        AtomicInteger deleted = new AtomicInteger();
        together((client) -> {
            for (int i = 0; i < 20; i++) {
                try {
                    client.create("/race", "", CreateMode.PERSISTENT);
                    created.incrementAndGet();
                }
                catch (KeeperException.NodeExistsException lost) {
                    try {
                        client.zookeeper().delete("/race", -1);
                        deleted.incrementAndGet();
                    }
                    catch (KeeperException.NoNodeException lostAgain) {
                        client.zookeeper().exists("/race", false);
                    }
                }
            }
        });
        sync(this.observer);
        int left = (this.observer.zookeeper().exists("/race", false) != null) ? 1 : 0;
        assertThat(created.get() - deleted.get()).isEqualTo(left);
    }

    @Test
    void aKilledProxyLosesNothing() throws Exception {
        this.observer.create("/survives", "0", CreateMode.PERSISTENT);
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger unknown = new AtomicInteger();
        CountDownLatch halfway = new CountDownLatch(CLIENTS * 10);
        String both = this.proxies.endpoint(1) + "," + this.proxies.endpoint(0);
        try (Client owner = Client.connected(both)) {
            owner.create("/survives-ephemeral", "", CreateMode.EPHEMERAL);
            ExecutorService killer = Executors.newSingleThreadExecutor();
            Future<?> killed = killer.submit(() -> {
                halfway.await();
                this.proxies.kill(1);
                return null;
            });
            together(both, (client) -> {
                for (int i = 0; i < 40; i++) {
                    try {
                        Stat stat = new Stat();
                        int value = number(client.zookeeper().getData("/survives", false, stat));
                        client.zookeeper().setData("/survives", Client.bytes("" + (value + 1)), stat.getVersion());
                        acknowledged.incrementAndGet();
                    }
                    catch (KeeperException.BadVersionException stale) {
                        i--;
                    }
                    catch (KeeperException.ConnectionLossException lost) {
                        unknown.incrementAndGet();
                    }
                    halfway.countDown();
                }
            });
            killed.get();
            killer.shutdown();
            sync(this.observer);
            int value = number(this.observer.zookeeper().getData("/survives", false, new Stat()));
            assertThat(value).isBetween(acknowledged.get(), acknowledged.get() + unknown.get());
            Awaitility.await()
                .atMost(Client.PATIENCE)
                .ignoreExceptions()
                .until(() -> owner.zookeeper().exists("/survives-ephemeral", false).getEphemeralOwner() == owner
                    .zookeeper()
                    .getSessionId());
        }
        finally {
            this.proxies.start(1);
        }
    }

    @Test
    void allEphemeralsOfASessionGoAtOnce() throws Exception {
        int many = 300;
        this.observer.create("/crowd", "", CreateMode.PERSISTENT);
        try (Client client = Client.connected(this.proxies.endpoint(1))) {
            CountDownLatch created = new CountDownLatch(many);
            for (int i = 0; i < many; i++) {
                client.zookeeper()
                    .create("/crowd/" + i, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL,
                            (code, path, context, name) -> created.countDown(), null);
            }
            created.await();
            sync(this.observer);
            assertThat(this.observer.children("/crowd")).hasSize(many);
        }
        sync(this.observer);
        Stat stat = this.observer.zookeeper().exists("/crowd", false);
        assertThat(stat.getNumChildren()).isZero();
        assertThat(stat.getCversion()).isEqualTo(2 * many);
        assertThat(this.observer.children("/crowd")).isEmpty();
    }

    @Test
    void largeMultis() throws Exception {
        List<Op> fits = creates("/fits-", 100);
        assertThat(this.observer.zookeeper().multi(fits)).hasSize(100);
        assertThatThrownBy(() -> this.observer.zookeeper().multi(creates("/large-", 200)))
            .isInstanceOf(KeeperException.BadArgumentsException.class);
        assertThat(this.observer.children("/")).noneMatch((name) -> name.startsWith("large-"));
    }

    @Test
    void aZnodeIsNotReplacedInOneMulti() throws Exception {
        this.observer.create("/replaced", "old", CreateMode.PERSISTENT);
        assertThatThrownBy(() -> this.observer.zookeeper()
            .multi(List.of(Op.delete("/replaced", -1),
                    Op.create("/replaced", Client.bytes("new"), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT))))
            .isInstanceOf(KeeperException.UnimplementedException.class);
        assertThat(this.observer.get("/replaced", false)).isEqualTo("old");
    }

    @Test
    void historyMayBeCutAway() throws Exception {
        this.observer.create("/old", "kept", CreateMode.PERSISTENT);
        this.observer.zookeeper().exists("/old", true);
        try (KvClient kv = new KvClient(this.proxies.cluster().member(0).endpoint())) {
            PutRequest put = PutRequest.newBuilder().setKey(ByteString.copyFromUtf8("elsewhere")).build();
            long revision = 0;
            for (int i = 0; i < 10; i++) {
                revision = kv.kv().put(put).getHeader().getRevision();
            }
            kv.kv().compact(CompactionRequest.newBuilder().setRevision(revision).setPhysical(true).build());
        }
        assertThat(this.observer.get("/old", false)).isEqualTo("kept");
        this.observer.zookeeper().setData("/old", Client.bytes("new"), 0);
        assertThat(this.observer.nextEvent()).isEqualTo("NodeDataChanged /old");
    }

    @Test
    void prefixesAreTreesOfTheirOwn() throws Exception {
        this.observer.create("/here", "", CreateMode.PERSISTENT);
        try (Proxies others = this.proxies.beside("--prefix", "/elsewhere/");
                Client other = Client.connected(others.endpoints())) {
            assertThat(other.zookeeper().exists("/here", false)).isNull();
            other.create("/there", "", CreateMode.PERSISTENT);
        }
        assertThat(this.observer.zookeeper().exists("/there", false)).isNull();
    }

    @Test
    void sessionsEndAlsoWhileNoProxyRuns() throws Exception {
        try (Proxies alone = this.proxies.beside("--prefix", "/alone/")) {
            Process owner = EphemeralOwner.start(alone.endpoints(), "/orphan");
            try (Client client = Client.connected(alone.endpoints())) {
                Awaitility.await()
                    .atMost(Client.PATIENCE)
                    .until(() -> client.zookeeper().exists("/orphan", false) != null);
                owner.destroyForcibly().waitFor();
                alone.kill(0);
                long session = client.zookeeper().getSessionId();
                try (KvClient kv = new KvClient(this.proxies.cluster().member(0).endpoint())) {
                    Awaitility.await().atMost(Client.PATIENCE).until(() -> secondsLeft(kv, session) <= 0);
                }
            }
            alone.start(0);
            try (Client later = Client.connected(alone.endpoints())) {
                Awaitility.await()
                    .atMost(Client.PATIENCE)
                    .until(() -> later.zookeeper().exists("/orphan", false) == null);
                assertThat(later.zookeeper().exists("/", false).getNumChildren()).isOne();
            }
        }
    }

    private static long secondsLeft(KvClient kv, long session) {
        return kv.lease().leaseTimeToLive(LeaseTimeToLiveRequest.newBuilder().setID(session).build()).getTTL();
    }

    /** Lets clients of both proxies do the same at the same time. */
    private void together(Work work) throws Exception {
        together("", work);
    }

    private void together(String endpoints, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String endpoint = endpoints.isEmpty() ? this.proxies.endpoint(i % 2) : endpoints;
            running.add(threads.submit(() -> {
                try (Client client = Client.connected(endpoint)) {
                    work.run(client);
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        threads.shutdown();
    }

    private static List<Op> creates(String prefix, int count) {
        List<Op> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            operations.add(Op.create("/" + prefix.substring(1) + i, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE,
                    CreateMode.PERSISTENT));
        }
        return operations;
    }

    private static int number(byte[] data) {
        return Integer.parseInt(new String(data, StandardCharsets.UTF_8));
    }

    private static void sync(Client client) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        client.zookeeper().sync("/", (code, path, context) -> done.countDown(), null);
        done.await();
    }

    /** What one client does. */
    private interface Work {

        void run(Client client) throws Exception;

    }

}
