/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package org.apache.curator.test;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.zookeeper.ZooKeeper;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.suite.SuiteServer;

/**
 * Takes the place of the class of this name in Curator's test support: what it starts is
 * a cluster of kv-server. Safe for any thread.
 */
public class TestingCluster implements Closeable {

    /**
     * By its first instance: tests start a cluster again with the instances of one that
     * they stopped.
     */
    private static final Map<InstanceSpec, TestingCluster> BY_INSTANCE = new ConcurrentHashMap<>();

    private final ClusterProcess cluster;

    private final List<TestingZooKeeperServer> servers;

    public TestingCluster(int size) {
        List<String> flags = SuiteServer.all(List.of(TestingServer.flags()));
        this.cluster = ClusterProcess.prepareForSuite(size, flags.toArray(String[]::new));
        this.servers = new ArrayList<>();
        for (MemberProcess member : this.cluster.members()) {
            String endpoint = member.spec().zookeeperEndpoint();
            int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
            this.servers.add(new TestingZooKeeperServer(member, new InstanceSpec(member.spec().directory().toFile(),
                    port, -1, member.spec().peerPort(), false, this.servers.size() + 1)));
        }
        BY_INSTANCE.put(this.servers.get(0).getInstanceSpec(), this);
        Runtime.getRuntime().addShutdownHook(new Thread(this.cluster::close, "close-cluster"));
    }

    public TestingCluster(InstanceSpec... specs) {
        TestingCluster former = BY_INSTANCE.get(specs[0]);
        if (former == null) {
            throw new IllegalArgumentException("members of kv-server pick their own ports");
        }
        this.cluster = former.cluster;
        this.servers = former.servers;
    }

    public TestingCluster(Collection<InstanceSpec> specs) {
        this(specs.toArray(InstanceSpec[]::new));
    }

    public Collection<InstanceSpec> getInstances() {
        return this.servers.stream().map(TestingZooKeeperServer::getInstanceSpec).toList();
    }

    public List<TestingZooKeeperServer> getServers() {
        return List.copyOf(this.servers);
    }

    public String getConnectString() {
        return this.cluster.zookeeperEndpoints();
    }

    public void start() throws Exception {
        for (TestingZooKeeperServer server : this.servers) {
            server.start();
        }
        this.cluster.awaitHealthy();
    }

    public void stop() throws IOException {
        this.servers.forEach(TestingZooKeeperServer::stop);
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    public boolean killServer(InstanceSpec instance) throws Exception {
        for (TestingZooKeeperServer server : this.servers) {
            if (server.getInstanceSpec().equals(instance)) {
                server.kill();
                return true;
            }
        }
        return false;
    }

    public boolean restartServer(InstanceSpec instance) throws Exception {
        for (TestingZooKeeperServer server : this.servers) {
            if (server.getInstanceSpec().equals(instance)) {
                server.restart();
                return true;
            }
        }
        return false;
    }

    /** The instance that a client is connected to, or {@code null}. */
    public InstanceSpec findConnectionInstance(ZooKeeper client) throws Exception {
        String remote = client.toString();
        for (InstanceSpec instance : getInstances()) {
            if (remote.contains(":" + instance.getPort() + " ") || remote.contains(":" + instance.getPort() + ",")) {
                return instance;
            }
        }
        return null;
    }

}
