/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Clock;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.zookeeper.ZookeeperServer;

/**
 * Where ZooKeeper clients connect, if anywhere.
 *
 * @param server the server, or {@code null} if there is none
 */
record ZookeeperPort(@Nullable ZookeeperServer server) implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(ZookeeperPort.class);

    static ZookeeperPort open(KvNode node, MemberProperties member, DataDirectory directory,
            ZookeeperProperties properties, ZookeeperLimitProperties limits) {
        if (properties.isOff()) {
            return new ZookeeperPort(null);
        }
        InetSocketAddress address = new InetSocketAddress(member.clientListeners().get(0).socketAddress().getAddress(),
                properties.portOrDefault());
        ZookeeperServer server = new ZookeeperServer(node, limits.settings(),
                new ZookeeperServer.Directories(directory.store(), directory.raft()), Clock.SYSTEM,
                new SecureRandom()::nextLong);
        try {
            logger.info("zookeeper.listening address={}", server.start(address));
            startAdmin(server, address.getAddress(), limits.adminPort());
            return new ZookeeperPort(server);
        }
        catch (IOException ex) {
            server.close();
            if (properties.isAskedFor()) {
                throw SettingException.invalid("--zookeeper-port=" + properties.portOrDefault() + ": " + ex.getMessage()
                        + "; choose another port, or 0 to do without ZooKeeper clients");
            }
            logger.warn("zookeeper.off address={} reason=\"{}\" hint=\"--zookeeper-port\"", address, ex.getMessage());
            return new ZookeeperPort(null);
        }
    }

    private static void startAdmin(ZookeeperServer server, InetAddress host, int port) {
        if (port == 0) {
            return;
        }
        try {
            logger.info("zookeeper.admin-listening address={}", server.startAdmin(new InetSocketAddress(host, port)));
        }
        catch (IOException ex) {
            server.close();
            throw SettingException.invalid("kv.server.zookeeper.admin-port=" + port + ": " + ex.getMessage()
                    + "; choose another port, or 0 to do without the admin server");
        }
    }

    @Override
    public void close() {
        if (this.server != null) {
            this.server.close();
        }
    }

}
