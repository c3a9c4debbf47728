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
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Containers and znodes with a TTL on three members: the leader deletes them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransientZnodeContract {

    private ZookeeperService service;

    private Client client;

    @BeforeAll
    void start() {
        this.service = serve();
        this.client = Client.connected(this.service.endpoints());
    }

    /** Starts who serves; looks for them often. */
    abstract ZookeeperService serve();

    @AfterAll
    void stop() throws InterruptedException {
        this.client.close();
        this.service.close();
    }

    @Test
    void aContainerGoesWithItsLastChild() throws Exception {
        Stat stat = new Stat();
        this.client.zookeeper().create("/box", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER, stat);
        assertThat(stat.getEphemeralOwner()).isZero();
        this.client.create("/box/child", "", CreateMode.PERSISTENT);
        this.client.create("/box/other", "", CreateMode.EPHEMERAL);
        assertThat(this.client.zookeeper().exists("/box", true)).isNotNull();
        this.client.zookeeper().delete("/box/child", -1);
        this.client.create("/unused", "", CreateMode.CONTAINER);
        this.client.zookeeper().delete("/box/other", -1);
        assertThat(this.client.nextEvent()).isEqualTo("NodeDeleted /box");
        assertThat(this.client.zookeeper().exists("/box", false)).isNull();
        assertThat(this.client.zookeeper().exists("/unused", false)).as("it never had a child").isNotNull();
    }

    @Test
    void aZnodeWithTtlGoesWhenNobodyTouchesIt() throws Exception {
        Stat stat = new Stat();
        String path = ttl("/ttl-", CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, stat, 400);
        assertThat(path).startsWith("/ttl-00000");
        assertThat(stat.getEphemeralOwner()).isZero();
        assertThat(stat).isEqualTo(this.client.zookeeper().exists(path, false));
        ttl("/kept", CreateMode.PERSISTENT_WITH_TTL, stat, 400);
        this.client.create("/kept/child", "", CreateMode.PERSISTENT);
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> this.client.zookeeper().exists(path, false) == null);
        assertThat(this.client.zookeeper().exists("/kept", false)).isNotNull();
        this.client.zookeeper().delete("/kept/child", -1);
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> this.client.zookeeper().exists("/kept", false) == null);
    }

    @Test
    void bothInMulti() throws Exception {
        ZooKeeper zookeeper = this.client.zookeeper();
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

    private String ttl(String path, CreateMode mode, Stat stat, long millis)
            throws KeeperException, InterruptedException {
        return this.client.zookeeper().create(path, Client.bytes("x"), ZooDefs.Ids.OPEN_ACL_UNSAFE, mode, stat, millis);
    }

}
