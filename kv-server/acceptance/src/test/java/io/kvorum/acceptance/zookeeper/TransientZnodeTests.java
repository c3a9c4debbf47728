/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.time.Duration;
import java.util.List;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.ClusterProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Containers and znodes with a TTL on three members: the leader deletes them. */
class TransientZnodeTests {

    private static ClusterProcess cluster;

    private static Client client;

    @BeforeAll
    static void start() {
        cluster = ClusterProcess.withZookeeper(3, "--kv.server.zookeeper.transient.check-interval=200ms");
        client = Client.connected(cluster.zookeeperEndpoints());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client.close();
        cluster.close();
    }

    @Test
    void aContainerGoesWithItsLastChild() throws Exception {
        Stat stat = new Stat();
        client.zookeeper().create("/box", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER, stat);
        assertThat(stat.getEphemeralOwner()).isZero();
        client.create("/box/child", "", CreateMode.PERSISTENT);
        client.create("/box/other", "", CreateMode.EPHEMERAL);
        assertThat(client.zookeeper().exists("/box", true)).isNotNull();
        client.zookeeper().delete("/box/child", -1);
        client.create("/unused", "", CreateMode.CONTAINER);
        client.zookeeper().delete("/box/other", -1);
        assertThat(client.nextEvent()).isEqualTo("NodeDeleted /box");
        assertThat(client.zookeeper().exists("/box", false)).isNull();
        assertThat(client.zookeeper().exists("/unused", false)).as("it never had a child").isNotNull();
    }

    @Test
    void aZnodeWithTtlGoesWhenNobodyTouchesIt() throws Exception {
        Stat stat = new Stat();
        String path = ttl("/ttl-", CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, stat, 400);
        assertThat(path).startsWith("/ttl-00000");
        assertThat(stat.getEphemeralOwner()).isZero();
        assertThat(stat).isEqualTo(client.zookeeper().exists(path, false));
        ttl("/kept", CreateMode.PERSISTENT_WITH_TTL, stat, 400);
        client.create("/kept/child", "", CreateMode.PERSISTENT);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> client.zookeeper().exists(path, false) == null);
        assertThat(client.zookeeper().exists("/kept", false)).isNotNull();
        client.zookeeper().delete("/kept/child", -1);
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> client.zookeeper().exists("/kept", false) == null);
    }

    @Test
    void bothInMulti() throws Exception {
        ZooKeeper zookeeper = client.zookeeper();
        zookeeper
            .multi(List.of(Op.create("/multi-box", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER), Op
                .create("/multi-ttl", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, 300)));
        assertThat(zookeeper.exists("/multi-box", false)).isNotNull();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> zookeeper.exists("/multi-ttl", false) == null);
    }

    @Test
    void aTtlThatMakesNoSense() {
        assertThatThrownBy(() -> ttl("/bad", CreateMode.PERSISTENT_WITH_TTL, new Stat(), 0x10000000000L))
            .isInstanceOfAny(KeeperException.BadArgumentsException.class, IllegalArgumentException.class);
    }

    private static String ttl(String path, CreateMode mode, Stat stat, long millis)
            throws KeeperException, InterruptedException {
        return client.zookeeper().create(path, Client.bytes("x"), ZooDefs.Ids.OPEN_ACL_UNSAFE, mode, stat, millis);
    }

}
