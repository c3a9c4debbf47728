/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.ClusterProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One-shot watches, with the writer and the watcher on different members. */
class WatchTests {

    private static ClusterProcess cluster;

    private static Client watcher;

    private static Client writer;

    @BeforeAll
    static void start() {
        cluster = ClusterProcess.withZookeeper(3);
        watcher = Client.connected(cluster.member(0).spec().zookeeperEndpoint());
        writer = Client.connected(cluster.member(1).spec().zookeeperEndpoint());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        watcher.close();
        writer.close();
        cluster.close();
    }

    @Test
    void lifeOfAZnode() throws Exception {
        assertThat(watcher.zookeeper().exists("/life", true)).isNull();
        writer.create("/life", "1", CreateMode.PERSISTENT);
        assertThat(watcher.nextEvent()).isEqualTo("NodeCreated /life");
        watcher.get("/life", true);
        writer.zookeeper().setData("/life", Client.bytes("2"), -1);
        assertThat(watcher.nextEvent()).isEqualTo("NodeDataChanged /life");
        watcher.zookeeper().getChildren("/life", true);
        writer.create("/life/child", "", CreateMode.PERSISTENT);
        assertThat(watcher.nextEvent()).isEqualTo("NodeChildrenChanged /life");
        watcher.zookeeper().getChildren("/life", true);
        writer.zookeeper().delete("/life/child", -1);
        assertThat(watcher.nextEvent()).isEqualTo("NodeChildrenChanged /life");
        watcher.get("/life", true);
        watcher.zookeeper().getChildren("/life", true);
        writer.zookeeper().delete("/life", -1);
        assertThat(watcher.nextEvent()).isEqualTo("NodeDeleted /life");
        watcher.zookeeper().sync("/life", (code, path, context) -> {
        }, null);
        assertThat(watcher.zookeeper().exists("/life", false)).isNull();
        assertThat(watcher.hasEvents()).isFalse();
    }

    @Test
    void watchesFireOnce() throws Exception {
        writer.create("/once", "0", CreateMode.PERSISTENT);
        writer.get("/once", true);
        for (int i = 0; i < 10; i++) {
            writer.zookeeper().setData("/once", Client.bytes("" + i), -1);
        }
        assertThat(writer.nextEvent()).isEqualTo("NodeDataChanged /once");
        assertThat(writer.get("/once", false)).isEqualTo("9");
        assertThat(writer.hasEvents()).isFalse();
    }

    @Test
    void aWatchSetAgainBehindItsEventFiresAgain() throws Exception {
        writer.create("/again", "0", CreateMode.PERSISTENT);
        for (int i = 0; i < 100; i++) {
            writer.get("/again", true);
            writer.zookeeper().setData("/again", Client.bytes("" + i), -1);
            assertThat(writer.nextEvent()).isEqualTo("NodeDataChanged /again");
        }
    }

    @Test
    void watchesThatStay() throws Exception {
        watcher.zookeeper().addWatch("/stays", watcher, AddWatchMode.PERSISTENT);
        writer.create("/stays", "", CreateMode.PERSISTENT);
        writer.create("/stays/child", "", CreateMode.PERSISTENT);
        writer.zookeeper().setData("/stays", Client.bytes("1"), -1);
        writer.zookeeper().setData("/stays/child", Client.bytes("1"), -1);
        assertThat(watcher.nextEvent()).isEqualTo("NodeCreated /stays");
        assertThat(watcher.nextEvent()).isEqualTo("NodeChildrenChanged /stays");
        assertThat(watcher.nextEvent()).isEqualTo("NodeDataChanged /stays");
        watcher.zookeeper().removeWatches("/stays", watcher, Watcher.WatcherType.Any, false);
        assertThat(watcher.nextEvent()).isEqualTo("PersistentWatchRemoved /stays");

        watcher.zookeeper().addWatch("/stays", watcher, AddWatchMode.PERSISTENT_RECURSIVE);
        writer.create("/stays/child/grandchild", "", CreateMode.PERSISTENT);
        writer.zookeeper().setData("/stays", Client.bytes("2"), -1);
        writer.zookeeper().delete("/stays/child/grandchild", -1);
        assertThat(watcher.nextEvent()).isEqualTo("NodeCreated /stays/child/grandchild");
        assertThat(watcher.nextEvent()).isEqualTo("NodeDataChanged /stays");
        assertThat(watcher.nextEvent()).isEqualTo("NodeDeleted /stays/child/grandchild");
        watcher.zookeeper().removeWatches("/stays", watcher, Watcher.WatcherType.PersistentRecursive, false);
        assertThat(watcher.nextEvent()).isEqualTo("PersistentWatchRemoved /stays");
        assertThatThrownBy(() -> watcher.zookeeper().removeWatches("/stays", watcher, Watcher.WatcherType.Data, false))
            .isInstanceOf(KeeperException.NoWatcherException.class);
    }

    @Test
    void nobodySeesNewDataBeforeItsEvent() throws Exception {
        writer.create("/order", "0", CreateMode.PERSISTENT);
        watcher.zookeeper().sync("/order", (code, path, context) -> {
        }, null);
        for (int i = 1; i <= 300; i++) {
            String before = watcher.get("/order", true);
            writer.zookeeper().setData("/order", Client.bytes("" + i), -1);
            while (watcher.get("/order", false).equals(before)) {
                Thread.onSpinWait();
            }
            // The client hands events over in the order in which they came, and before
            // the
            // answers behind them.
            assertThat(watcher.nextEvent()).isEqualTo("NodeDataChanged /order");
            assertThat(watcher.hasEvents()).isFalse();
        }
    }

}
