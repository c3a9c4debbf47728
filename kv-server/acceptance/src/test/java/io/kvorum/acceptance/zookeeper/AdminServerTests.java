/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

import org.apache.zookeeper.CreateMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands of operators over HTTP, with ZooKeeper's fields, and the metrics of the
 * port.
 */
class AdminServerTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ClusterProcess cluster;

    private static Client client;

    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = FreePorts.next();
        cluster = ClusterProcess.withZookeeper(1, "--kv.server.zookeeper.admin-port=" + port);
        client = Client.connected(cluster.zookeeperEndpoints());
        client.create("/ephemeral", "123", CreateMode.EPHEMERAL);
        client.zookeeper().exists("/ephemeral", true);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client.close();
        cluster.close();
    }

    @Test
    void theFormatIsZookeepers() throws Exception {
        HttpResponse<String> answer = get("/commands/ruok");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\n  \"command\" : \"ruok\",\n  \"error\" : null\n}");
        assertThat(get("/commands/is_read_only").body())
            .isEqualTo("{\n  \"read_only\" : false,\n  \"command\" : \"is_read_only\",\n  \"error\" : null\n}");
    }

    @ParameterizedTest
    @CsvSource({ "conf,configuration", "cons,connections", "srvr,server_stats", "stat,stats", "mntr,monitor",
            "wchc,watches", "wchp,watches_by_path", "wchs,watch_summary", "isro,is_read_only", "envi,environment",
            "env,environment", "config,configuration", "lead,leader", "obsr,observers", "lsnp,last_snapshot",
            "icfg,initial_configuration", "sysp,system_properties", "srst,stat_reset", "crst,connection_stat_reset" })
    void commandsHaveShortNamesToo(String name, String command) throws Exception {
        assertThat(get("/commands/" + name).body()).contains("\"command\" : \"" + command + "\"");
    }

    @Test
    void fieldsAreZookeepers() throws Exception {
        long session = client.zookeeper().getSessionId();
        assertThat(get("/commands/monitor").body()).contains("\"znode_count\" : 6,", "\"ephemerals_count\" : 1,",
                "\"watch_count\" : 1,", "\"num_alive_connections\" : ", "\"server_state\" : \"standalone\",");
        assertThat(get("/commands/stats").body()).contains("\"node_count\" : 6,", "\"server_stats\" : {",
                "\"packets_received\" : ", "\"connections\" : [ {\n    \"remote_socket_address\" : \"127.0.0.1:");
        assertThat(get("/commands/connections").body()).contains("\"session_id\" : " + session + ",",
                "\"last_operation\" : \"", "\"secure_connections\" : [ ],");
        assertThat(get("/commands/configuration").body()).contains("\"tick_time\" : 2000,",
                "\"max_client_cnxns\" : 60,", "\"min_session_timeout\" : 4000,", "\"server_id\" : 0,");
        assertThat(get("/commands/dump").body())
            .contains("\"session_id_to_ephemeral_paths\" : {\n    \"" + session + "\" : [ \"/ephemeral\" ]\n  }");
        assertThat(get("/commands/watches").body()).contains("\"" + session + "\" : [ \"/ephemeral\" ]");
        assertThat(get("/commands/watches_by_path").body()).contains("\"/ephemeral\" : [ " + session + " ]");
        assertThat(get("/commands/leader").body()).contains("\"error\" : \"server is not initialized\"");
    }

    @Test
    void whoCannotShowWhoItIsCounts() throws Exception {
        try (Client liar = Client.connected(cluster.zookeeperEndpoints())) {
            liar.zookeeper().addAuthInfo("nonsense", new byte[0]);
            Awaitility.await()
                .atMost(Client.PATIENCE)
                .untilAsserted(() -> assertThat(get("/commands/monitor").body())
                    .containsPattern("\"auth_failed_count\" : [1-9]"));
        }
    }

    @Test
    void theTraceMaskIsKept() throws Exception {
        assertThat(get("/commands/get_trace_mask").body()).contains("\"tracemask\" : 306,");
        assertThat(get("/commands/set_trace_mask").body())
            .contains("\"error\" : \"setTraceMask requires long traceMask argument\"");
        assertThat(get("/commands/set_trace_mask?traceMask=306").body()).contains("\"tracemask\" : 306,");
    }

    @Test
    void unknownCommandsAndPathsAreRefused() throws Exception {
        assertThat(get("/commands/nonsense").body())
            .isEqualTo("{\n  \"command\" : \"nonsense\",\n  \"error\" : \"Unknown command: nonsense\"\n}");
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/commands/ruok"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
        assertThat(HTTP.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/commands", "/commands/" })
    void commandsAreListed(String path) throws Exception {
        assertThat(get(path).body()).contains("<a href=\"/commands/ruok\">ruok</a>\n<br/>\n",
                "<a href=\"/commands/watch_summary\">watch_summary</a>");
    }

    @Test
    void metricsHaveTheNamesOfZookeepersExporter() {
        Awaitility.await()
            .atMost(Client.PATIENCE)
            .untilAsserted(() -> assertThat(metrics().map((line) -> line.replaceAll("[ {].*", "")).distinct()).contains(
                    "outstanding_requests", "num_alive_connections", "znode_count", "ephemerals_count", "watch_count",
                    "approximate_data_size", "global_sessions", "avg_latency", "min_latency", "max_latency",
                    "packets_received", "packets_sent", "readlatency", "readlatency_count", "readlatency_sum",
                    "updatelatency", "connection_rejected", "open_file_descriptor_count", "max_file_descriptor_count"));
        Awaitility.await()
            .atMost(Client.PATIENCE)
            .untilAsserted(() -> assertThat(metrics()).contains("znode_count 6", "ephemerals_count 1", "watch_count 1",
                    "num_alive_connections 1"));
    }

    private static Stream<String> metrics() throws IOException {
        return cluster.member(0).get("/metrics").body().lines().filter((line) -> !line.startsWith("#"));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

}
