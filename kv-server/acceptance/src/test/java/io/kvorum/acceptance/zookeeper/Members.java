/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.util.List;

import io.kvorum.acceptance.harness.ClusterProcess;

/** Members of kv-server with a port for ZooKeeper clients. */
final class Members implements ZookeeperService {

    private final ClusterProcess cluster;

    Members(int size, String... extraFlags) {
        this.cluster = ClusterProcess.withZookeeper(size, extraFlags);
    }

    @Override
    public List<String> list() {
        return this.cluster.members().stream().map((member) -> member.spec().zookeeperEndpoint()).toList();
    }

    @Override
    public void kill(int index) {
        this.cluster.member(index).kill();
    }

    @Override
    public void start(int index) {
        this.cluster.member(index).start();
    }

    @Override
    public void close() {
        this.cluster.close();
    }

}
