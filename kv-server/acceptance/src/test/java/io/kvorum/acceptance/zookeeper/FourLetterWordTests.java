/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.common.X509Exception.SSLContextException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.ClusterProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** The words of operators, as ZooKeeper's own program and other tools send them. */
class FourLetterWordTests {

    private static final int TIMEOUT_MILLIS = 20_000;

    private static ClusterProcess cluster;

    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        cluster = ClusterProcess.withZookeeper(1, "--kv.server.zookeeper.four-letter-words=ruok, stat,mntr,conf,cons,"
                + "crst,srst,envi,dump,wchs,wchc,wchp,isro,dirs,gtmk,stmk");
        client = Client.connected(cluster.zookeeperEndpoints());
        client.create("/ephemeral", "123", CreateMode.EPHEMERAL);
        client.create("/lasting", "123", CreateMode.PERSISTENT);
        client.get("/lasting", true);
        client.zookeeper().exists("/missing", true);
        client.zookeeper().getChildren("/", true);
        client.zookeeper().addWatch("/below", (event) -> {
        }, AddWatchMode.PERSISTENT_RECURSIVE);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client.close();
        cluster.close();
    }

    @Test
    void aServerThatIsWellSaysSo() throws Exception {
        assertThat(raw("ruok")).isEqualTo("imok");
        assertThat(raw("isro")).isEqualTo("rw");
    }

    @Test
    void wordsThatAreNotOnTheListAreNotAnswered() throws Exception {
        assertThat(raw("hash")).isEqualTo("hash is not executed because it is not in the whitelist.\n");
    }

    @Test
    void srvrIsAlwaysAnswered() throws Exception {
        assertThat(send("srvr").lines()).hasSize(9)
            .anyMatch((line) -> line.startsWith("Zookeeper version: 3.9."))
            .anyMatch((line) -> line.matches("Latency min/avg/max: \\d+/\\d+\\.\\d+/\\d+"))
            .anyMatch((line) -> line.matches("Received: [1-9]\\d*"))
            .anyMatch((line) -> line.matches("Sent: [1-9]\\d*"))
            .anyMatch((line) -> line.matches("Zxid: 0x[0-9a-f]+"))
            .contains("Connections: 2", "Outstanding: 0", "Mode: standalone", "Node count: 7");
    }

    @Test
    void statListsClients() throws Exception {
        assertThat(send("stat").lines()).contains("Clients:")
            .anyMatch((line) -> line.matches(" /127\\.0\\.0\\.1:\\d+\\[1]\\(queued=0,recved=\\d+,sent=\\d+\\)"))
            .anyMatch((line) -> line.matches(" /127\\.0\\.0\\.1:\\d+\\[0]\\(queued=0,recved=1,sent=0\\)"))
            .contains("Mode: standalone");
    }

    @Test
    void mntrHasTheNamesThatDashboardsRead() throws Exception {
        Map<String, String> values = new TreeMap<>();
        send("mntr").lines().map((line) -> line.split("\t")).forEach((pair) -> values.put(pair[0], pair[1]));
        assertThat(values).containsEntry("zk_server_state", "standalone")
            .containsEntry("zk_znode_count", "7")
            .containsEntry("zk_ephemerals_count", "1")
            .containsEntry("zk_watch_count", "4")
            .containsEntry("zk_num_alive_connections", "2")
            .containsEntry("zk_outstanding_requests", "0")
            .containsEntry("zk_global_sessions", "1")
            .containsEntry("zk_approximate_data_size",
                    Integer.toString(44 + "/ephemeral123".length() + "/lasting123".length()))
            .containsKeys("zk_version", "zk_avg_latency", "zk_min_latency", "zk_max_latency", "zk_packets_received",
                    "zk_packets_sent", "zk_open_file_descriptor_count", "zk_max_file_descriptor_count", "zk_uptime");
    }

    @Test
    void consTellsOfSessions() throws Exception {
        assertThat(send("cons")).contains("sid=0x" + Long.toHexString(client.zookeeper().getSessionId()) + ",lop=",
                ",to=" + client.zookeeper().getSessionTimeout() + ",");
    }

    @Test
    void confTellsOfSettings() throws Exception {
        int port = URI.create("tcp://" + cluster.zookeeperEndpoints()).getPort();
        assertThat(send("conf").lines()).contains("clientPort=" + port, "secureClientPort=-1", "tickTime=2000",
                "maxClientCnxns=60", "minSessionTimeout=4000", "maxSessionTimeout=40000", "serverId=0");
        assertThat(send("dirs").lines()).hasSize(2).allMatch((line) -> line.matches("(datadir|logdir)_size: \\d+"));
        assertThat(send("envi").lines()).startsWith("Environment:")
            .anyMatch((line) -> line.startsWith("zookeeper.version=3.9."))
            .anyMatch((line) -> line.startsWith("java.version="));
    }

    @Test
    void dumpTellsWhoOwnsWhat() throws Exception {
        String session = "0x" + Long.toHexString(client.zookeeper().getSessionId());
        assertThat(send("dump").lines()).contains("SessionTracker dump:", "Session Sets (1)/(1):", "\t" + session,
                "ephemeral nodes dump:", "Sessions with Ephemerals (1):", session + ":", "\t/ephemeral");
    }

    @Test
    void watchesAreListedBothWays() throws Exception {
        String session = "0x" + Long.toHexString(client.zookeeper().getSessionId());
        assertThat(raw("wchs")).isEqualTo("1 connections watching 3 paths\nTotal watches:3\n");
        assertThat(raw("wchc").lines().toList()).startsWith(session).contains("\t/lasting", "\t/missing", "\t/below");
        assertThat(raw("wchp").lines().toList())
            .isEqualTo(List.of("/below", "\t" + session, "/lasting", "\t" + session, "/missing", "\t" + session, ""));
    }

    @Test
    void statisticsBeginAnew() throws Exception {
        assertThat(raw("crst")).isEqualTo("Connection stats reset.\n");
        assertThat(raw("srst")).isEqualTo("Server stats reset.\n");
        assertThat(send("srvr").lines()).anyMatch((line) -> line.matches("Received: [0-9]"));
    }

    @Test
    void theTraceMaskIsKept() throws Exception {
        assertThat(raw("gtmk")).isEqualTo("306");
        assertThat(raw("stmk\0\0\0\0\0\0\0\5")).isEqualTo("5");
        assertThat(raw("gtmk")).isEqualTo("5");
        assertThat(raw("stmk\0\0\0\0\0\0\1\62")).isEqualTo("306");
    }

    @Test
    void wordsThatNobodyKnowsCloseTheConnection() throws Exception {
        assertThat(raw("abcd")).isEmpty();
    }

    /** As ZooKeeper's own program does, which closes its side first. */
    private static String send(String word) throws IOException, SSLContextException {
        int port = URI.create("tcp://" + cluster.zookeeperEndpoints()).getPort();
        return FourLetterWordMain.send4LetterWord("127.0.0.1", port, word);
    }

    private static String raw(String word) throws IOException {
        int port = URI.create("tcp://" + cluster.zookeeperEndpoints()).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

}
