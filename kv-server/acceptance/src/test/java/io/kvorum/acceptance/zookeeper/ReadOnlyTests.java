/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.ClusterProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A member that is cut off from the others serves who is content with reading. */
class ReadOnlyTests {

    private static final int TIMEOUT_MILLIS = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void readsGoOnWithoutAQuorumAndTheSessionComesBack() throws Exception {
        try (ClusterProcess cluster = ClusterProcess.withZookeeper(3, "--kv.server.zookeeper.read-only-mode=true")) {
            String endpoint = cluster.member(0).spec().zookeeperEndpoint();
            AtomicReference<KeeperState> state = new AtomicReference<>();
            AtomicReference<KeeperState> strictState = new AtomicReference<>();
            try (ZooKeeper zookeeper = new ZooKeeper(endpoint, TIMEOUT_MILLIS, (event) -> state.set(event.getState()),
                    true);
                    ZooKeeper strict = new ZooKeeper(endpoint, TIMEOUT_MILLIS,
                            (event) -> strictState.set(event.getState()), false)) {
                await(state, KeeperState.SyncConnected);
                await(strictState, KeeperState.SyncConnected);
                zookeeper.create("/known", "yes".getBytes(StandardCharsets.UTF_8), ZooDefs.Ids.OPEN_ACL_UNSAFE,
                        CreateMode.EPHEMERAL);
                long session = zookeeper.getSessionId();
                cluster.member(1).kill();
                cluster.member(2).kill();
                await(state, KeeperState.ConnectedReadOnly);
                assertThat(new String(zookeeper.getData("/known", false, null), StandardCharsets.UTF_8))
                    .isEqualTo("yes");
                assertThat(zookeeper.getSessionId()).isEqualTo(session);
                assertThatExceptionOfType(KeeperException.NotReadOnlyException.class)
                    .isThrownBy(() -> zookeeper.setData("/known", new byte[0], -1));
                assertThatExceptionOfType(KeeperException.NotReadOnlyException.class).isThrownBy(() -> zookeeper
                    .create("/new", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
                assertThat(strictState.get()).as("who wants to write is not served")
                    .isEqualTo(KeeperState.Disconnected);
                AtomicReference<KeeperState> lateState = new AtomicReference<>();
                try (ZooKeeper late = new ZooKeeper(endpoint, TIMEOUT_MILLIS,
                        (event) -> lateState.set(event.getState()), true)) {
                    await(lateState, KeeperState.ConnectedReadOnly);
                    assertThat(late.exists("/known", false)).isNotNull();
                    cluster.member(1).start();
                    await(lateState, KeeperState.SyncConnected);
                    assertThat(late.exists("/known", false)).isNotNull();
                }
                await(state, KeeperState.SyncConnected);
                await(strictState, KeeperState.SyncConnected);
                assertThat(zookeeper.getSessionId()).isEqualTo(session);
                assertThat(zookeeper.setData("/known", new byte[0], -1).getVersion()).isEqualTo(1);
            }
        }
    }

    private static void await(AtomicReference<KeeperState> state, KeeperState wanted) {
        Awaitility.await().atMost(PATIENCE).until(() -> state.get() == wanted);
    }

}
