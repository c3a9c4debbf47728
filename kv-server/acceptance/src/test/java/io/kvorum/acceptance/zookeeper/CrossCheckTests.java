/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.util.List;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RealZookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A proxy that asks a real ZooKeeper the same. */
class CrossCheckTests {

    @Test
    void whatIsTheSameIsNotReported() throws Exception {
        try (RealZookeeper real = RealZookeeper.start();
                Proxies proxies = new Proxies(Product.KVORUM, 1, "--cross-check", real.endpoint())) {
            try (Client client = Client.connected(proxies.endpoints())) {
                program(client);
            }
            assertThat(proxies.stop(0)).containsPattern("cross-check.summary compared=[1-9][0-9]+ differences=0 ")
                .doesNotContain("cross-check.difference", "cross-check.unreachable");
        }
    }

    @Test
    void whatDiffersIs() throws Exception {
        try (RealZookeeper real = RealZookeeper.start();
                Proxies proxies = new Proxies(Product.KVORUM, 1, "--cross-check", real.endpoint())) {
            try (Client direct = Client.connected(real.endpoint())) {
                direct.create("/only-there", "x", CreateMode.PERSISTENT);
            }
            try (Client client = Client.connected(proxies.endpoints())) {
                assertThat(client.zookeeper().exists("/only-there", false)).isNull();
                client.create("/both", "x", CreateMode.PERSISTENT);
            }
            assertThat(proxies.stop(0)).contains("cross-check.difference request=\"type 3 /only-there\"")
                .containsPattern("cross-check.summary compared=[0-9]+ differences=1 ");
        }
    }

    @Test
    void clientsAreServedWithoutZookeeper() throws Exception {
        RealZookeeper real = RealZookeeper.start();
        try (Proxies proxies = new Proxies(Product.KVORUM, 1, "--cross-check", real.endpoint())) {
            real.close();
            try (Client client = Client.connected(proxies.endpoints())) {
                client.create("/served", "x", CreateMode.PERSISTENT);
                assertThat(client.get("/served", false)).isEqualTo("x");
            }
            assertThat(proxies.stop(0)).contains("cross-check.unreachable").contains("compared=0 ");
        }
    }

    private static void program(Client client) throws Exception {
        client.create("/p", "1", CreateMode.PERSISTENT);
        client.zookeeper().exists("/p/later", true);
        client.zookeeper().getChildren("/p", true);
        for (int i = 0; i < 20; i++) {
            client.create("/p/n-", "", CreateMode.PERSISTENT_SEQUENTIAL);
        }
        client.create("/p/later", "", CreateMode.EPHEMERAL);
        assertThat(client.nextEvent()).isEqualTo("NodeChildrenChanged /p");
        assertThat(client.nextEvent()).isEqualTo("NodeCreated /p/later");
        client.zookeeper().setData("/p", Client.bytes("2"), 0);
        assertThatThrownBy(() -> client.zookeeper().setData("/p", Client.bytes("3"), 0))
            .isInstanceOf(KeeperException.BadVersionException.class);
        assertThatThrownBy(() -> client.zookeeper().delete("/p", -1))
            .isInstanceOf(KeeperException.NotEmptyException.class);
        assertThatThrownBy(() -> client.create("/p/later/child", "", CreateMode.PERSISTENT))
            .isInstanceOf(KeeperException.NoChildrenForEphemeralsException.class);
        client.zookeeper()
            .multi(List.of(Op.check("/p", 1),
                    Op.create("/p/m", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                    Op.setData("/p/m", Client.bytes("x"), 0), Op.delete("/p/n-0000000003", -1)));
        assertThatThrownBy(() -> client.zookeeper().multi(List.of(Op.check("/p", 1), Op.delete("/none", -1))))
            .isInstanceOf(KeeperException.NoNodeException.class);
        assertThat(client.children("/p")).hasSize(21);
        assertThat(client.get("/p", false)).isEqualTo("2");
    }

}
