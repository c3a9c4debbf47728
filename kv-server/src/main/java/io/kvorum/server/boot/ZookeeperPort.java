/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.SslBundles;

import io.kvorum.server.common.Clock;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.zookeeper.ZookeeperServer;
import io.kvorum.server.protocol.zookeeper.ZookeeperSettings;

/**
 * Where ZooKeeper clients connect, if anywhere.
 *
 * @param server the server, or {@code null} if there is none
 */
record ZookeeperPort(@Nullable ZookeeperServer server) implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(ZookeeperPort.class);

    static ZookeeperPort open(KvNode node, Place place, Settings settings, Supplier<SslBundles> bundles) {
        if (settings.port.isOff() && settings.tls.isOff()) {
            return new ZookeeperPort(null);
        }
        ZookeeperServer server = new ZookeeperServer(node, settings.protocol(),
                new ZookeeperServer.Directories(place.directory.store(), place.directory.raft()), Clock.SYSTEM,
                new SecureRandom()::nextLong);
        try {
            boolean listening = listen(server, place.host, settings.port);
            if (!settings.tls.isOff()) {
                listenSecurely(server, place.host, settings.tls, bundles);
            }
            else if (!listening) {
                server.close();
                return new ZookeeperPort(null);
            }
            startAdmin(server, place.host, settings.limits.adminPort());
            return new ZookeeperPort(server);
        }
        catch (SettingException ex) {
            server.close();
            throw ex;
        }
    }

    private static boolean listen(ZookeeperServer server, InetAddress host, ZookeeperProperties properties) {
        if (properties.isOff()) {
            return false;
        }
        InetSocketAddress address = new InetSocketAddress(host, properties.portOrDefault());
        try {
            logger.info("zookeeper.listening address={}", server.start(address));
            return true;
        }
        catch (IOException ex) {
            if (properties.isAskedFor()) {
                throw SettingException.invalid("--zookeeper-port=" + properties.portOrDefault() + ": " + ex.getMessage()
                        + "; choose another port, or 0 to do without ZooKeeper clients");
            }
            logger.warn("zookeeper.off address={} reason=\"{}\" hint=\"--zookeeper-port\"", address, ex.getMessage());
            return false;
        }
    }

    private static void listenSecurely(ZookeeperServer server, InetAddress host, ZookeeperTlsProperties properties,
            Supplier<SslBundles> bundles) {
        InetSocketAddress address = new InetSocketAddress(host, properties.securePort());
        ZookeeperTls tls = new ZookeeperTls(bundles.get(), properties);
        try {
            logger.info("zookeeper.listening-securely address={}", server.startSecure(address, tls));
        }
        catch (IOException ex) {
            throw SettingException
                .invalid("kv.server.zookeeper.secure-port=" + properties.securePort() + ": " + ex.getMessage());
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

    /**
     * Where a member is.
     *
     * @param host the address that its ports are on
     * @param directory what it keeps
     */
    record Place(InetAddress host, DataDirectory directory) {
    }

    /**
     * All settings.
     *
     * @param port the port
     * @param limits what clients may ask for
     * @param tls encrypted connections
     * @param auth who clients may be
     */
    record Settings(ZookeeperProperties port, ZookeeperLimitProperties limits, ZookeeperTlsProperties tls,
            ZookeeperAuthProperties auth) {

        ZookeeperSettings protocol() {
            return this.limits.settings().withAuth(this.auth.settings(!this.tls.isOff()));
        }

    }

}
