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
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One-shot watches, with the writer and the watcher on different members. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WatchContract {

    private ZookeeperService service;

    private Client watcher;

    private Client writer;

    @BeforeAll
    void start() {
        this.service = serve();
        this.watcher = Client.connected(this.service.endpoint(0));
        this.writer = Client.connected(this.service.endpoint(1));
    }

    /** Starts who serves; two processes at least. */
    abstract ZookeeperService serve();

    @AfterAll
    void stop() throws InterruptedException {
        this.watcher.close();
        this.writer.close();
        this.service.close();
    }

    @Test
    void lifeOfAZnode() throws Exception {
        assertThat(this.watcher.zookeeper().exists("/life", true)).isNull();
        this.writer.create("/life", "1", CreateMode.PERSISTENT);
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeCreated /life");
        this.watcher.get("/life", true);
        this.writer.zookeeper().setData("/life", Client.bytes("2"), -1);
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeDataChanged /life");
        this.watcher.zookeeper().getChildren("/life", true);
        this.writer.create("/life/child", "", CreateMode.PERSISTENT);
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeChildrenChanged /life");
        this.watcher.zookeeper().getChildren("/life", true);
        this.writer.zookeeper().delete("/life/child", -1);
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeChildrenChanged /life");
        this.watcher.get("/life", true);
        this.watcher.zookeeper().getChildren("/life", true);
        this.writer.zookeeper().delete("/life", -1);
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeDeleted /life");
        this.watcher.zookeeper().sync("/life", (code, path, context) -> {
        }, null);
        assertThat(this.watcher.zookeeper().exists("/life", false)).isNull();
        assertThat(this.watcher.hasEvents()).isFalse();
    }

    @Test
    void watchesFireOnce() throws Exception {
        this.writer.create("/once", "0", CreateMode.PERSISTENT);
        this.writer.get("/once", true);
        for (int i = 0; i < 10; i++) {
            this.writer.zookeeper().setData("/once", Client.bytes("" + i), -1);
        }
        assertThat(this.writer.nextEvent()).isEqualTo("NodeDataChanged /once");
        assertThat(this.writer.get("/once", false)).isEqualTo("9");
        assertThat(this.writer.hasEvents()).isFalse();
    }

    @Test
    void aWatchSetAgainBehindItsEventFiresAgain() throws Exception {
        this.writer.create("/again", "0", CreateMode.PERSISTENT);
        for (int i = 0; i < 100; i++) {
            this.writer.get("/again", true);
            this.writer.zookeeper().setData("/again", Client.bytes("" + i), -1);
            assertThat(this.writer.nextEvent()).isEqualTo("NodeDataChanged /again");
        }
    }

    @Test
    void watchesThatStay() throws Exception {
        this.watcher.zookeeper().addWatch("/stays", this.watcher, AddWatchMode.PERSISTENT);
        this.writer.create("/stays", "", CreateMode.PERSISTENT);
        this.writer.create("/stays/child", "", CreateMode.PERSISTENT);
        this.writer.zookeeper().setData("/stays", Client.bytes("1"), -1);
        this.writer.zookeeper().setData("/stays/child", Client.bytes("1"), -1);
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeCreated /stays");
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeChildrenChanged /stays");
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeDataChanged /stays");
        this.watcher.zookeeper().removeWatches("/stays", this.watcher, Watcher.WatcherType.Any, false);
        assertThat(this.watcher.nextEvent()).isEqualTo("PersistentWatchRemoved /stays");

        this.watcher.zookeeper().addWatch("/stays", this.watcher, AddWatchMode.PERSISTENT_RECURSIVE);
        this.writer.create("/stays/child/grandchild", "", CreateMode.PERSISTENT);
        this.writer.zookeeper().setData("/stays", Client.bytes("2"), -1);
        this.writer.zookeeper().delete("/stays/child/grandchild", -1);
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeCreated /stays/child/grandchild");
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeDataChanged /stays");
        assertThat(this.watcher.nextEvent()).isEqualTo("NodeDeleted /stays/child/grandchild");
        this.watcher.zookeeper().removeWatches("/stays", this.watcher, Watcher.WatcherType.PersistentRecursive, false);
        assertThat(this.watcher.nextEvent()).isEqualTo("PersistentWatchRemoved /stays");
        assertThatThrownBy(
                () -> this.watcher.zookeeper().removeWatches("/stays", this.watcher, Watcher.WatcherType.Data, false))
            .isInstanceOf(KeeperException.NoWatcherException.class);
    }

    @Test
    void nobodySeesNewDataBeforeItsEvent() throws Exception {
        this.writer.create("/order", "0", CreateMode.PERSISTENT);
        this.watcher.zookeeper().sync("/order", (code, path, context) -> {
        }, null);
        for (int i = 1; i <= 300; i++) {
            String before = this.watcher.get("/order", true);
            this.writer.zookeeper().setData("/order", Client.bytes("" + i), -1);
            while (this.watcher.get("/order", false).equals(before)) {
                Thread.onSpinWait();
            }
            // The client hands events over in the order in which they came, and before
            // the
            // answers behind them.
            assertThat(this.watcher.nextEvent()).isEqualTo("NodeDataChanged /order");
            assertThat(this.watcher.hasEvents()).isFalse();
        }
    }

}
