/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.util.Arrays;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.common.X509Util;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.auth.DigestLoginModule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.ClusterProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** SASL with DIGEST-MD5, spoken by the real client with a JAAS configuration. */
class SaslTests {

    private static ClusterProcess cluster;

    private static ClusterProcess strict;

    @BeforeAll
    static void start() {
        // Otherwise the client does without DIGEST-MD5.
        System.setProperty(X509Util.FIPS_MODE_PROPERTY, "false");
        String[] users = { "--kv.server.zookeeper.sasl.users.bob=builder", "--kv.server.zookeeper.sasl.users.eve=apple",
                "--kv.server.zookeeper.sasl.users.root=toor", "--kv.server.zookeeper.sasl.super-users=root" };
        cluster = ClusterProcess.withZookeeper(1, users);
        strict = ClusterProcess.withZookeeper(1, users[0], "--kv.server.zookeeper.sasl.required=true");
    }

    @AfterAll
    static void stop() {
        System.clearProperty(X509Util.FIPS_MODE_PROPERTY);
        cluster.close();
        strict.close();
    }

    @AfterEach
    void logout() {
        Configuration.setConfiguration(null);
    }

    @Test
    void usersOfSasl() throws Exception {
        try (Client bob = login("bob", "builder")) {
            assertThat(bob.zookeeper().whoAmI()).contains(new ClientInfo("sasl", "bob"));
            bob.zookeeper().create("/bobs", Client.bytes("x"), ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
            assertThat(bob.zookeeper().getACL("/bobs", new Stat()))
                .containsExactly(new ACL(Perms.ALL, new Id("sasl", "bob")));
            assertThat(bob.get("/bobs", false)).isEqualTo("x");
        }
        try (Client eve = login("eve", "apple")) {
            assertThatThrownBy(() -> eve.get("/bobs", false)).isInstanceOf(KeeperException.NoAuthException.class);
        }
        try (Client root = login("root", "toor")) {
            assertThat(root.get("/bobs", false)).isEqualTo("x");
            root.zookeeper().setACL("/bobs", Arrays.asList(new ACL(Perms.READ, new Id("sasl", "eve"))), 0);
        }
        try (Client eve = login("eve", "apple")) {
            assertThat(eve.get("/bobs", false)).isEqualTo("x");
        }
    }

    @Test
    void aWrongPassword() throws Exception {
        configure("bob", "wrong");
        try (Client client = new Client(cluster.zookeeperEndpoints())) {
            client.await(Watcher.Event.KeeperState.AuthFailed);
            assertThatThrownBy(() -> client.get("/", false)).isInstanceOf(KeeperException.AuthFailedException.class);
        }
        configure("mallory", "builder");
        try (Client client = new Client(cluster.zookeeperEndpoints())) {
            client.await(Watcher.Event.KeeperState.AuthFailed);
        }
    }

    @Test
    void withoutSaslWhereItIsRequired() throws Exception {
        try (Client client = new Client(strict.zookeeperEndpoints())) {
            assertThatThrownBy(() -> client.get("/", false))
                .isInstanceOf(KeeperException.SessionClosedRequireAuthException.class);
        }
        configure("bob", "builder");
        try (Client client = new Client(strict.zookeeperEndpoints())) {
            client.await(Watcher.Event.KeeperState.SaslAuthenticated);
            assertThat(client.get("/", false)).isEmpty();
        }
    }

    private static Client login(String user, String password) {
        configure(user, password);
        Client client = new Client(cluster.zookeeperEndpoints());
        client.await(Watcher.Event.KeeperState.SaslAuthenticated);
        return client;
    }

    private static void configure(String user, String password) {
        AppConfigurationEntry entry = new AppConfigurationEntry(DigestLoginModule.class.getName(),
                LoginModuleControlFlag.REQUIRED, Map.of("username", user, "password", password));
        Configuration.setConfiguration(new Configuration() {

            @Override
            public AppConfigurationEntry @Nullable [] getAppConfigurationEntry(String name) {
                return name.equals("Client") ? new AppConfigurationEntry[] { entry } : null;
            }

        });
    }

}
