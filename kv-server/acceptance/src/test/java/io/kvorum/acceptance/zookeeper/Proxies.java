/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.util.List;
import java.util.stream.IntStream;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.ProxyProcess;

/** Stand-alone proxies in front of one cluster. */
final class Proxies implements ZookeeperService {

    private final ClusterProcess cluster;

    private final List<ProxyProcess> proxies;

    /** Whether the cluster goes with the proxies. */
    private final boolean owner;

    Proxies(Product product, int size, String... extraFlags) {
        this(ClusterProcess.inMemory(product), true, size, extraFlags);
    }

    private Proxies(ClusterProcess cluster, boolean owner, int size, String... extraFlags) {
        this.cluster = cluster;
        this.owner = owner;
        this.proxies = IntStream.range(0, size).mapToObj((i) -> new ProxyProcess(cluster, extraFlags)).toList();
        try {
            this.proxies.forEach(ProxyProcess::launch);
            this.proxies.forEach(ProxyProcess::awaitReady);
        }
        catch (RuntimeException | Error ex) {
            close();
            throw ex;
        }
    }

    /** Starts proxies of a cluster that is there already, and stays. */
    static Proxies of(ClusterProcess cluster, int size) {
        return new Proxies(cluster, false, size);
    }

    /** Starts another proxy of the same cluster. */
    Proxies beside(String... extraFlags) {
        return new Proxies(this.cluster, false, 1, extraFlags);
    }

    ClusterProcess cluster() {
        return this.cluster;
    }

    @Override
    public List<String> list() {
        return this.proxies.stream().map(ProxyProcess::endpoint).toList();
    }

    @Override
    public void kill(int index) {
        this.proxies.get(index).kill();
    }

    @Override
    public void start(int index) {
        this.proxies.get(index).launch();
        this.proxies.get(index).awaitReady();
    }

    /** Ends a process with SIGTERM; answers what it has logged. */
    String stop(int index) {
        return this.proxies.get(index).stop();
    }

    @Override
    public void close() {
        this.proxies.forEach(ProxyProcess::kill);
        if (this.owner) {
            this.cluster.close();
        }
    }

}
