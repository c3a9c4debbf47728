/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions in a cluster of three: how they end, how they move, how they survive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionContract {

    private ZookeeperService service;

    private Client observer;

    @BeforeAll
    void start() {
        this.service = serve();
        this.observer = Client.connected(this.service.endpoints());
    }

    /** Starts who serves; two processes at least. */
    abstract ZookeeperService serve();

    @AfterAll
    void stop() throws InterruptedException {
        this.observer.close();
        this.service.close();
    }

    @Test
    void closingTakesTheEphemeralsAlong() throws Exception {
        this.observer.create("/closing", "", CreateMode.PERSISTENT);
        try (Client client = Client.connected(this.service.endpoints())) {
            client.create("/closing/a", "", CreateMode.EPHEMERAL);
            client.create("/closing/b", "", CreateMode.EPHEMERAL);
        }
        sync(this.observer);
        assertThat(this.observer.children("/closing")).isEmpty();
        assertThat(this.observer.zookeeper().exists("/closing", false).getCversion()).isEqualTo(4);
    }

    @Test
    void aKilledClientExpires() throws Exception {
        this.observer.create("/killed", "", CreateMode.PERSISTENT);
        Process process = EphemeralOwner.start(this.service.endpoints(), "/killed/owner");
        Awaitility.await().atMost(Client.PATIENCE).until(() -> !this.observer.children("/killed").isEmpty());
        this.observer.zookeeper().exists("/killed/owner", true);
        process.destroyForcibly().waitFor();
        long killed = System.nanoTime();
        assertThat(this.observer.nextEvent()).isEqualTo("NodeDeleted /killed/owner");
        assertThat(System.nanoTime() - killed).isBetween(2_500_000_000L, 15_000_000_000L);
        assertThat(this.observer.children("/killed")).isEmpty();
    }

    @Test
    void aSessionMovesWhenItsMemberIsKilled() throws Exception {
        try (Client client = Client.connected(this.service.endpoints())) {
            client.create("/moving", "alive", CreateMode.EPHEMERAL);
            client.zookeeper().exists("/moving/later", true);
            client.get("/moving", true);
            long session = client.zookeeper().getSessionId();
            int serving = serving(client.zookeeper());
            this.service.kill(serving);
            Awaitility.await()
                .atMost(Client.PATIENCE)
                .ignoreExceptions()
                .until(() -> client.get("/moving", false).equals("alive"));
            assertThat(client.zookeeper().getSessionId()).isEqualTo(session);
            // The watch has moved along.
            client.zookeeper().setData("/moving", Client.bytes("changed"), -1);
            assertThat(client.nextEvent()).isEqualTo("NodeDataChanged /moving");
            this.service.start(serving);
        }
        Awaitility.await()
            .atMost(Client.PATIENCE)
            .ignoreExceptions()
            .until(() -> this.observer.zookeeper().exists("/moving", false) == null);
    }

    @Test
    void passwordsAreChecked() throws Exception {
        try (Client owner = Client.connected(this.service.endpoints())) {
            ZooKeeper zookeeper = owner.zookeeper();
            owner.create("/password", "", CreateMode.EPHEMERAL);
            try (Client thief = new Client(this.service.endpoints(), zookeeper.getSessionId(), new byte[16])) {
                thief.await(KeeperState.Expired);
            }
            assertThat(owner.get("/password", false)).isEmpty();
            String endpoint = this.service.endpoint(serving(zookeeper));
            List<String> others = this.service.list().stream().filter((other) -> !other.equals(endpoint)).toList();
            try (Client again = new Client(String.join(",", others), zookeeper.getSessionId(),
                    zookeeper.getSessionPasswd())) {
                again.await(KeeperState.SyncConnected);
                assertThat(again.zookeeper().getSessionId()).isEqualTo(zookeeper.getSessionId());
                assertThat(again.zookeeper().exists("/password", false)).isNotNull();
            }
        }
    }

    private static void sync(Client client) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        client.zookeeper().sync("/", (code, path, context) -> done.countDown(), null);
        done.await();
    }

    /** The process that a client is connected to. */
    private int serving(ZooKeeper zookeeper) {
        String description = zookeeper.toString();
        String remote = description.substring(description.indexOf("remoteserver:"));
        for (int i = 0; i < this.service.list().size(); i++) {
            if (remote.contains(this.service.endpoint(i))) {
                return i;
            }
        }
        throw new AssertionError("not connected: " + description);
    }

}
