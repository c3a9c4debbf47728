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

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.MemberProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions in a cluster of three: how they end, how they move, how they survive. */
class SessionTests {

    private static ClusterProcess cluster;

    private static Client observer;

    @BeforeAll
    static void start() {
        cluster = ClusterProcess.withZookeeper(3);
        observer = Client.connected(cluster.zookeeperEndpoints());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        observer.close();
        cluster.close();
    }

    @Test
    void closingTakesTheEphemeralsAlong() throws Exception {
        observer.create("/closing", "", CreateMode.PERSISTENT);
        try (Client client = Client.connected(cluster.zookeeperEndpoints())) {
            client.create("/closing/a", "", CreateMode.EPHEMERAL);
            client.create("/closing/b", "", CreateMode.EPHEMERAL);
        }
        sync(observer);
        assertThat(observer.children("/closing")).isEmpty();
        assertThat(observer.zookeeper().exists("/closing", false).getCversion()).isEqualTo(4);
    }

    @Test
    void aKilledClientExpires() throws Exception {
        observer.create("/killed", "", CreateMode.PERSISTENT);
        Process process = EphemeralOwner.start(cluster.zookeeperEndpoints(), "/killed/owner");
        Awaitility.await().atMost(Client.PATIENCE).until(() -> !observer.children("/killed").isEmpty());
        observer.zookeeper().exists("/killed/owner", true);
        process.destroyForcibly().waitFor();
        long killed = System.nanoTime();
        assertThat(observer.nextEvent()).isEqualTo("NodeDeleted /killed/owner");
        assertThat(System.nanoTime() - killed).isBetween(2_500_000_000L, 15_000_000_000L);
        assertThat(observer.children("/killed")).isEmpty();
    }

    @Test
    void aSessionMovesWhenItsMemberIsKilled() throws Exception {
        try (Client client = Client.connected(cluster.zookeeperEndpoints())) {
            client.create("/moving", "alive", CreateMode.EPHEMERAL);
            client.zookeeper().exists("/moving/later", true);
            client.get("/moving", true);
            long session = client.zookeeper().getSessionId();
            MemberProcess member = memberOf(client.zookeeper());
            member.kill();
            Awaitility.await()
                .atMost(Client.PATIENCE)
                .ignoreExceptions()
                .until(() -> client.get("/moving", false).equals("alive"));
            assertThat(client.zookeeper().getSessionId()).isEqualTo(session);
            // The watch has moved along.
            client.zookeeper().setData("/moving", Client.bytes("changed"), -1);
            assertThat(client.nextEvent()).isEqualTo("NodeDataChanged /moving");
            member.start();
        }
        Awaitility.await()
            .atMost(Client.PATIENCE)
            .ignoreExceptions()
            .until(() -> observer.zookeeper().exists("/moving", false) == null);
    }

    @Test
    void passwordsAreChecked() throws Exception {
        try (Client owner = Client.connected(cluster.zookeeperEndpoints())) {
            ZooKeeper zookeeper = owner.zookeeper();
            owner.create("/password", "", CreateMode.EPHEMERAL);
            try (Client thief = new Client(cluster.zookeeperEndpoints(), zookeeper.getSessionId(), new byte[16])) {
                thief.await(KeeperState.Expired);
            }
            assertThat(owner.get("/password", false)).isEmpty();
            String endpoint = memberOf(zookeeper).spec().zookeeperEndpoint();
            List<String> others = cluster.members()
                .stream()
                .map((member) -> member.spec().zookeeperEndpoint())
                .filter((other) -> !other.equals(endpoint))
                .toList();
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

    private static MemberProcess memberOf(ZooKeeper zookeeper) {
        String description = zookeeper.toString();
        String remote = description.substring(description.indexOf("remoteserver:"));
        return cluster.members()
            .stream()
            .filter((member) -> remote.contains(member.spec().zookeeperEndpoint()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("not connected: " + description));
    }

}
