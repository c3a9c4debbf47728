/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a member is started with, in etcd's flags.
 *
 * @param name name of the member
 * @param directory folder for data and log file
 * @param clientPort loopback port for clients
 * @param peerPort loopback port for the other members
 * @param initialCluster all members as {@code name=url,...}
 * @param token cluster token
 * @param extraFlags flags of this test
 */
public record MemberSpec(String name, Path directory, int clientPort, int peerPort, String initialCluster, String token,
        List<String> extraFlags) {

    static final int SNAPSHOT_COUNT = 2000;

    static final String ZOOKEEPER_PORT = "--zookeeper-port";

    public MemberSpec {
        extraFlags = List.copyOf(extraFlags);
    }

    MemberSpec withFlags(List<String> flags) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(ZOOKEEPER_PORT, zookeeperEndpoint().substring(zookeeperEndpoint().lastIndexOf(':') + 1)));
        return new MemberSpec(this.name, this.directory, this.clientPort, this.peerPort, this.initialCluster,
                this.token, all);
    }

    /** Where clients connect, as host and port. */
    public String endpoint() {
        return "127.0.0.1:" + this.clientPort;
    }

    /** Where ZooKeeper clients connect, as host and port. */
    public String zookeeperEndpoint() {
        int flag = this.extraFlags.indexOf(ZOOKEEPER_PORT);
        if (flag < 0) {
            throw new IllegalStateException(this.name + " was not given a port for ZooKeeper clients");
        }
        return "127.0.0.1:" + this.extraFlags.get(flag + 1);
    }

    /** Folder that holds the member's data. */
    public Path dataDirectory() {
        return this.directory.resolve("data");
    }

    Path logFile() {
        return this.directory.resolve("server.log");
    }

    List<String> flags() {
        String client = "http://127.0.0.1:" + this.clientPort;
        String peer = "http://127.0.0.1:" + this.peerPort;
        List<String> flags = new ArrayList<>(List.of("--name", this.name, "--data-dir", dataDirectory().toString(),
                "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer, "--initial-cluster", this.initialCluster,
                "--initial-cluster-token", this.token, "--initial-cluster-state", "new", "--snapshot-count",
                Integer.toString(SNAPSHOT_COUNT)));
        flags.addAll(this.extraFlags);
        return flags;
    }

}
