/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package org.apache.zookeeper.test;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.suite.SuiteServer;

/**
 * Takes the place of the class of this name in ZooKeeper's tests: the quorum that it
 * starts is a cluster of kv-server. It has the members that client-side tests use.
 * Confined to the thread of each test.
 */
public class QuorumBase extends ClientBase {

    private static final int MEMBERS = 3;

    private ClusterProcess cluster;

    public QuorumBase() {
        super(null, "");
    }

    @BeforeEach
    @Override
    public void setUp() throws Exception {
        setUp(false, false);
    }

    /** All members vote here, whatever a test would like some of them to be. */
    protected void setUp(boolean withObservers, boolean withOracle) throws Exception {
        setUpAll();
        this.cluster = ClusterProcess.prepareForSuite(MEMBERS, SuiteServer.all(List.of()).toArray(String[]::new));
        this.hostPort = this.cluster.zookeeperEndpoints();
        startServers();
    }

    void startServers() throws Exception {
        this.cluster.members().stream().filter((member) -> !member.isRunning()).forEach((member) -> member.launch());
        this.cluster.awaitHealthy();
    }

    void shutdownServers() throws Exception {
        this.cluster.members().stream().filter((member) -> member.isRunning()).forEach((member) -> member.stop());
    }

    /** Every server has the same root, once it has caught up. */
    void verifyRootOfAllServersMatch(String hostPorts) throws Exception {
        Stat first = null;
        for (String endpoint : hostPorts.split(",", -1)) {
            ZooKeeper client = createZKClient(endpoint);
            try {
                CountDownLatch synced = new CountDownLatch(1);
                client.sync("/", (code, path, context) -> synced.countDown(), null);
                Assertions.assertTrue(synced.await(CONNECTION_TIMEOUT, TimeUnit.MILLISECONDS), endpoint);
                Stat root = client.exists("/", false);
                first = (first != null) ? first : root;
                Assertions.assertEquals(first, root, endpoint);
            }
            finally {
                client.close();
            }
        }
    }

    @AfterEach
    @Override
    public void tearDown() throws Exception {
        tearDownAll();
        if (this.cluster != null) {
            this.cluster.close();
        }
    }

}
