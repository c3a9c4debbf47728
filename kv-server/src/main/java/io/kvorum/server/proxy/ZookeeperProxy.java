/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.kvorum.server.common.Clock;
import io.kvorum.server.protocol.zookeeper.TransientZnodes;
import io.kvorum.server.protocol.zookeeper.ZookeeperServer;
import io.kvorum.server.protocol.zookeeper.ZookeeperSettings;

/** A ZooKeeper port in front of a cluster that speaks etcd v3. Safe for any thread. */
public final class ZookeeperProxy implements AutoCloseable {

    private final ScheduledExecutorService later;

    private final RemoteEnsemble ensemble;

    private final TransientZnodes transients;

    private final ZookeeperServer server;

    /**
     * Creates the proxy; it does not connect to anything yet.
     * @param settings what it needs to know
     * @param limits the limits of the port
     */
    public ZookeeperProxy(ProxySettings settings, ZookeeperSettings limits) {
        SecureRandom random = new SecureRandom();
        this.later = Executors.newSingleThreadScheduledExecutor((task) -> {
            Thread thread = new Thread(task, "zookeeper-proxy");
            thread.setDaemon(true);
            return thread;
        });
        this.ensemble = new RemoteEnsemble(settings, this.later, random::nextInt);
        // Every proxy looks; whoever is first deletes, and the others find nothing.
        this.transients = new TransientZnodes(this.ensemble, () -> true, settings.transients(), Clock.SYSTEM);
        // Ids of leases are positive in all tools that show them.
        this.server = new ZookeeperServer(this.ensemble, limits, Clock.SYSTEM,
                () -> random.nextLong() & Long.MAX_VALUE);
    }

    /**
     * Waits for the cluster, then begins to listen.
     * @param address where
     * @return the address it listens on
     * @throws IOException if the port cannot be had
     * @throws io.kvorum.server.common.KvException if the cluster refuses what a proxy
     * must do
     */
    public InetSocketAddress start(InetSocketAddress address) throws IOException {
        this.ensemble.start().join();
        this.transients.start();
        return this.server.start(address);
    }

    /** Closes all connections; their sessions go on and can be resumed elsewhere. */
    @Override
    public void close() {
        this.server.close();
        this.transients.close();
        this.ensemble.close();
        this.later.shutdownNow();
    }

}
