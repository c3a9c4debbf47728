/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Encrypted connections, with the real client on its Netty transport as the judge. */
class TlsTests {

    private static final int TIMEOUT_MILLIS = 10_000;

    @TempDir
    static Path directory;

    private static Certificates certificates;

    private static ClusterProcess cluster;

    private static int port;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.create(directory);
        port = FreePorts.next();
        String bundle = "--spring.ssl.bundle.jks.zookeeper.";
        cluster = ClusterProcess.withZookeeper(1, "--kv.server.zookeeper.secure-port=" + port,
                "--kv.server.zookeeper.ssl-bundle=zookeeper", "--kv.server.zookeeper.four-letter-words=stat,conf",
                bundle + "keystore.location=file:" + certificates.keys("server"),
                bundle + "keystore.password=" + Certificates.PASSWORD,
                bundle + "truststore.location=file:" + certificates.trusted(),
                bundle + "truststore.password=" + Certificates.PASSWORD);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void theRealClientIsServed() throws Exception {
        AtomicReference<KeeperState> state = new AtomicReference<>();
        try (ZooKeeper zookeeper = connect("client", state)) {
            Awaitility.await().atMost(Client.PATIENCE).until(() -> state.get() == KeeperState.SyncConnected);
            byte[] large = new byte[500_000];
            zookeeper.create("/secret", large, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            assertThat(zookeeper.getData("/secret", false, null)).isEqualTo(large);
            try (Client plain = Client.connected(cluster.zookeeperEndpoints())) {
                assertThat(plain.zookeeper().exists("/secret", false)).as("both ports, one tree").isNotNull();
            }
        }
    }

    @Test
    void whoTheCertificateSaysTheClientIs() throws Exception {
        AtomicReference<KeeperState> state = new AtomicReference<>();
        try (ZooKeeper zookeeper = connect("client", state);
                Client plain = Client.connected(cluster.zookeeperEndpoints())) {
            Awaitility.await().atMost(Client.PATIENCE).until(() -> state.get() == KeeperState.SyncConnected);
            zookeeper.create("/own", Client.bytes("x"), ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.EPHEMERAL);
            assertThat(zookeeper.getACL("/own", null))
                .containsExactly(new ACL(ZooDefs.Perms.ALL, new Id("x509", "CN=client,O=Kvorum")));
            assertThat(zookeeper.getData("/own", false, null)).isEqualTo(Client.bytes("x"));
            assertThatThrownBy(() -> plain.get("/own", false)).isInstanceOf(KeeperException.NoAuthException.class);
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsNotServed() throws Exception {
        AtomicReference<KeeperState> state = new AtomicReference<>();
        try (ZooKeeper zookeeper = connect("stranger", state)) {
            Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Client.PATIENCE)
                .until(() -> state.get() != KeeperState.SyncConnected);
            assertThat(zookeeper.getState().isConnected()).isFalse();
        }
    }

    @Test
    void whoDoesNotEncryptIsNotServed() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("stat".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("Zookeeper");
        }
    }

    private static ZooKeeper connect(String key, AtomicReference<KeeperState> state) throws IOException {
        ZKClientConfig config = new ZKClientConfig();
        config.setProperty("zookeeper.client.secure", "true");
        config.setProperty("zookeeper.clientCnxnSocket", "org.apache.zookeeper.ClientCnxnSocketNetty");
        config.setProperty("zookeeper.ssl.keyStore.location", certificates.keys(key).toString());
        config.setProperty("zookeeper.ssl.keyStore.password", Certificates.PASSWORD);
        config.setProperty("zookeeper.ssl.trustStore.location", certificates.trusted().toString());
        config.setProperty("zookeeper.ssl.trustStore.password", Certificates.PASSWORD);
        return new ZooKeeper("127.0.0.1:" + port, TIMEOUT_MILLIS, (event) -> state.set(event.getState()), config);
    }

}
