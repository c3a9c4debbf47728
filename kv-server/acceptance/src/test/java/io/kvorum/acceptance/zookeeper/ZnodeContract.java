/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.util.List;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Znodes on one member, as the real client sees them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ZnodeContract {

    private ZookeeperService service;

    private Client client;

    @BeforeAll
    void start() {
        this.service = serve();
        this.client = Client.connected(this.service.endpoints());
    }

    /** Starts who serves; one process is enough. */
    abstract ZookeeperService serve();

    @AfterAll
    void stop() throws InterruptedException {
        this.client.close();
        this.service.close();
    }

    @Test
    void createReadChangeAndDelete() throws Exception {
        ZooKeeper zookeeper = this.client.zookeeper();
        assertThat(this.client.create("/crud", "one", CreateMode.PERSISTENT)).isEqualTo("/crud");
        Stat stat = new Stat();
        assertThat(zookeeper.getData("/crud", false, stat)).isEqualTo(Client.bytes("one"));
        assertThat(stat.getVersion()).isZero();
        assertThat(stat.getCzxid()).isEqualTo(stat.getMzxid()).isEqualTo(stat.getPzxid()).isPositive();
        assertThat(stat.getCtime()).isEqualTo(stat.getMtime()).isPositive();
        assertThat(stat.getDataLength()).isEqualTo(3);

        Stat changed = zookeeper.setData("/crud", Client.bytes("three"), 0);
        assertThat(changed.getVersion()).isOne();
        assertThat(changed.getMzxid()).isGreaterThan(stat.getMzxid());
        assertThat(changed.getCzxid()).isEqualTo(stat.getCzxid());
        assertThat(zookeeper.exists("/crud", false)).isEqualTo(changed);

        zookeeper.delete("/crud", 1);
        assertThat(zookeeper.exists("/crud", false)).isNull();
    }

    @Test
    void createTellsTheStat() throws Exception {
        Stat stat = new Stat();
        this.client.zookeeper()
            .create("/stat", Client.bytes("x"), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT, stat);
        assertThat(stat).isEqualTo(this.client.zookeeper().exists("/stat", false));
    }

    @Test
    void whatFails() throws Exception {
        ZooKeeper zookeeper = this.client.zookeeper();
        this.client.create("/fails", "", CreateMode.PERSISTENT);
        this.client.create("/fails/child", "", CreateMode.PERSISTENT);
        assertThatThrownBy(() -> this.client.create("/fails", "", CreateMode.PERSISTENT))
            .isInstanceOf(KeeperException.NodeExistsException.class);
        assertThatThrownBy(() -> this.client.create("/none/child", "", CreateMode.PERSISTENT))
            .isInstanceOf(KeeperException.NoNodeException.class);
        assertThatThrownBy(() -> zookeeper.delete("/fails", -1)).isInstanceOf(KeeperException.NotEmptyException.class);
        assertThatThrownBy(() -> zookeeper.delete("/fails/child", 7))
            .isInstanceOf(KeeperException.BadVersionException.class);
        assertThatThrownBy(() -> zookeeper.setData("/fails", Client.bytes("x"), 7))
            .isInstanceOf(KeeperException.BadVersionException.class);
        assertThatThrownBy(() -> zookeeper.delete("/none", -1)).isInstanceOf(KeeperException.NoNodeException.class);
        assertThatThrownBy(() -> zookeeper.getData("/none", false, null))
            .isInstanceOf(KeeperException.NoNodeException.class);
        assertThatThrownBy(() -> zookeeper.getChildren("/none", false))
            .isInstanceOf(KeeperException.NoNodeException.class);
        assertThatThrownBy(() -> zookeeper.delete("/zookeeper", -1))
            .isInstanceOf(KeeperException.BadArgumentsException.class);
    }

    @Test
    void childrenAndTheirCounts() throws Exception {
        this.client.create("/family", "", CreateMode.PERSISTENT);
        this.client.create("/family/b", "", CreateMode.PERSISTENT);
        this.client.create("/family/a", "", CreateMode.PERSISTENT);
        this.client.create("/family/a/grandchild", "", CreateMode.PERSISTENT);
        this.client.create("/family/c", "", CreateMode.PERSISTENT);
        this.client.zookeeper().delete("/family/b", -1);
        Stat stat = new Stat();
        assertThat(this.client.zookeeper().getChildren("/family", false, stat)).containsExactlyInAnyOrder("a", "c");
        assertThat(stat.getNumChildren()).isEqualTo(2);
        assertThat(stat.getCversion()).as("creations and deletions").isEqualTo(4);
        assertThat(stat.getPzxid()).isGreaterThan(stat.getCzxid());
        assertThat(this.client.children("/")).contains("family", "zookeeper");
        assertThat(this.client.children("/zookeeper")).containsExactly("config", "quota");
    }

    @Test
    void sequentialNumbersAreNotUsedTwice() throws Exception {
        this.client.create("/queue", "", CreateMode.PERSISTENT);
        assertThat(this.client.create("/queue/n-", "", CreateMode.PERSISTENT_SEQUENTIAL))
            .isEqualTo("/queue/n-0000000000");
        String second = this.client.create("/queue/n-", "", CreateMode.EPHEMERAL_SEQUENTIAL);
        assertThat(second).isEqualTo("/queue/n-0000000001");
        this.client.zookeeper().delete(second, -1);
        assertThat(this.client.create("/queue/", "", CreateMode.PERSISTENT_SEQUENTIAL)).isEqualTo("/queue/0000000002");
    }

    @Test
    void ephemeralsKnowTheirOwnerAndHaveNoChildren() throws Exception {
        this.client.create("/mine", "", CreateMode.EPHEMERAL);
        assertThat(this.client.zookeeper().exists("/mine", false).getEphemeralOwner())
            .isEqualTo(this.client.zookeeper().getSessionId());
        assertThatThrownBy(() -> this.client.create("/mine/child", "", CreateMode.PERSISTENT))
            .isInstanceOf(KeeperException.NoChildrenForEphemeralsException.class);
    }

    @Test
    void multiIsAllOrNothing() throws Exception {
        ZooKeeper zookeeper = this.client.zookeeper();
        this.client.create("/multi", "0", CreateMode.PERSISTENT);
        List<OpResult> done = zookeeper.multi(List.of(Op.check("/multi", 0),
                Op.create("/multi/a", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                Op.setData("/multi/a", Client.bytes("1"), 0), Op.delete("/multi/a", 1)));
        assertThat(done).hasSize(4);
        assertThat(((OpResult.CreateResult) done.get(1)).getPath()).isEqualTo("/multi/a");
        assertThat(((OpResult.SetDataResult) done.get(2)).getStat().getVersion()).isOne();
        assertThat(zookeeper.exists("/multi/a", false)).isNull();

        assertThatThrownBy(() -> zookeeper
            .multi(List.of(Op.setData("/multi", Client.bytes("1"), 0), Op.delete("/none", -1), Op.check("/multi", 0))))
            .isInstanceOfSatisfying(KeeperException.NoNodeException.class,
                    (ex) -> assertThat(ex.getResults()).extracting((result) -> ((OpResult.ErrorResult) result).getErr())
                        .containsExactly(0, -101, -2));
        assertThat(this.client.get("/multi", false)).isEqualTo("0");
    }

    @Test
    void dataUpToTheLimitAndNoData() throws Exception {
        ZooKeeper zookeeper = this.client.zookeeper();
        byte[] large = new byte[1_048_375];
        zookeeper.create("/large", large, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        assertThat(zookeeper.exists("/large", false).getDataLength()).isEqualTo(large.length);
        zookeeper.create("/null", null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        assertThat(zookeeper.getData("/null", false, null)).isNull();
        zookeeper.delete("/large", -1);
    }

    @Test
    void acls() throws Exception {
        assertThat(this.client.zookeeper().getACL("/", new Stat())).isEqualTo(ZooDefs.Ids.OPEN_ACL_UNSAFE);
    }

}
