/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package org.apache.zookeeper.test;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

import org.apache.zookeeper.server.quorum.QuorumPeer;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.suite.SuiteServer;

/**
 * Takes the place of the class of this name in ZooKeeper's tests: the peers that it
 * starts and stops are members of kv-server. It has the members that client-side tests
 * use. Confined to the thread of each test.
 */
public class QuorumUtil {

    /** How many peers may be down. */
    public final int N;

    public final int ALL;

    private final ClusterProcess cluster;

    private final List<PeerStruct> peers = new ArrayList<>();

    public QuorumUtil(int mayBeDown) {
        this.N = mayBeDown;
        this.ALL = 2 * mayBeDown + 1;
        this.cluster = ClusterProcess.prepareForSuite(this.ALL, SuiteServer.all(List.of()).toArray(String[]::new));
        Runtime.getRuntime().addShutdownHook(new Thread(this::shutdownAll, "stop-peers"));
        for (MemberProcess member : this.cluster.members()) {
            PeerStruct peer = new PeerStruct();
            peer.id = this.peers.size() + 1;
            peer.dataDir = member.spec().directory().toFile();
            String endpoint = member.spec().zookeeperEndpoint();
            peer.clientPort = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
            this.peers.add(peer);
        }
    }

    public QuorumUtil(int mayBeDown, int syncLimit) {
        this(mayBeDown);
    }

    public PeerStruct getPeer(int id) {
        return this.peers.get(id - 1);
    }

    public void enableLocalSession(boolean enabled) {
        // All sessions of kv-server are global.
    }

    public void startAll() {
        this.cluster.members().stream().filter((member) -> !member.isRunning()).forEach((member) -> member.launch());
        this.cluster.awaitHealthy();
    }

    public void startQuorum() {
        startAll();
        for (int id = this.N + 2; id <= this.ALL; id++) {
            shutdown(id);
        }
    }

    public void start(int id) {
        MemberProcess member = this.cluster.member(id - 1);
        if (!member.isRunning()) {
            member.start();
        }
    }

    public void restart(int id) {
        shutdown(id);
        start(id);
    }

    public void shutdown(int id) {
        this.cluster.member(id - 1).kill();
    }

    public void shutdownAll() {
        this.cluster.members().forEach(MemberProcess::kill);
    }

    public String getConnString() {
        return this.cluster.zookeeperEndpoints();
    }

    public String getConnectionStringForServer(int id) {
        return this.cluster.member(id - 1).spec().zookeeperEndpoint();
    }

    public void tearDown() throws Exception {
        shutdownAll();
        this.cluster.close();
    }

    /** A peer. */
    public static class PeerStruct {

        public int id;

        /** Nobody is here: what reaches for it tests ZooKeeper's server from inside. */
        public QuorumPeer peer;

        public File dataDir;

        public int clientPort;

    }

}
