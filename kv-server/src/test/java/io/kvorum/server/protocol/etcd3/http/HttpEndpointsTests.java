/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kvorum.server.command.AlarmType;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.metrics.Metrics;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads like a transcript: what a client sends, and what etcd 3.7 answers to it. */
class HttpEndpointsTests {

    private static final HttpLimits LIMITS = new HttpLimits(1024, 512, Duration.ofMillis(300), Duration.ofMillis(700),
            Duration.ofMillis(200));

    private final FakeNode node = new FakeNode();

    private final Metrics metrics = new Metrics();

    private final HttpServer server = new HttpServer(new HttpEndpoints(this.node, this.metrics, LIMITS));

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private InetSocketAddress address;

    @BeforeEach
    void listen() throws IOException {
        this.address = this.server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        this.server.close();
    }

    @Test
    void version() throws Exception {
        HttpResponse<String> response = get("/version");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.body())
            .isEqualTo("{\"etcdserver\":\"3.7.1\",\"etcdcluster\":\"3.7.0\",\"storage\":\"3.7.0\"}");
    }

    @Test
    void versionBeforeTheFirstLeader() throws Exception {
        this.node.leader = MemberId.NONE;
        this.node.appliedIndex = 0;
        assertThat(get("/version").body()).contains("\"etcdcluster\":\"not_decided\"");
    }

    @Test
    void healthy() throws Exception {
        HttpResponse<String> response = get("/health");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"health\":\"true\",\"reason\":\"\"}");
        assertThat(this.metrics.text()).contains("\netcd_server_health_success 1\n")
            .contains("\netcd_server_health_failures 0\n");
    }

    @Test
    void healthWithAlarms() throws Exception {
        this.node.raise(AlarmType.NOSPACE);
        HttpResponse<String> response = get("/health");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("{\"health\":\"false\",\"reason\":\"ALARM NOSPACE\"}\n");
        assertThat(get("/health?exclude=NOSPACE").statusCode()).isEqualTo(200);
        this.node.raise(AlarmType.CORRUPT);
        assertThat(get("/health?exclude=NOSPACE").body()).contains("ALARM CORRUPT");
        assertThat(get("/health?exclude=NOSPACE&exclude=CORRUPT").statusCode()).isEqualTo(200);
        assertThat(this.metrics.text()).contains("\netcd_server_health_failures 2\n");
    }

    @Test
    void healthWithADamagedStore() throws Exception {
        this.node.damage = "the file /data/store.mv is damaged";
        HttpResponse<String> health = get("/health?serializable=true");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("\"reason\":\"STORE DAMAGED: the file /data/store.mv is damaged\"");
        HttpResponse<String> ready = get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
            .contains("[-]data_corruption failed: STORE DAMAGED: the file /data/store.mv is damaged");
        // A restart would not help.
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void healthWithoutLeader() throws Exception {
        this.node.leader = MemberId.NONE;
        assertThat(get("/health").body()).isEqualTo("{\"health\":\"false\",\"reason\":\"RAFT NO LEADER\"}\n");
        assertThat(get("/health?serializable=true").statusCode()).isEqualTo(200);
    }

    @Test
    void healthWithoutQuorum() throws Exception {
        this.node.linearizableFailure = new KvException(Code.TIMEOUT);
        assertThat(get("/health").body())
            .isEqualTo("{\"health\":\"false\",\"reason\":\"RANGE ERROR:etcdserver: request timed out\"}\n");
        assertThat(get("/health?serializable=true").statusCode()).isEqualTo(200);
    }

    @Test
    void healthCheckThatHangsEndsAtItsTimeout() throws Exception {
        this.node.hangs = true;
        HttpResponse<String> response = get("/health");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("request timed out");
    }

    @Test
    void livezAndReadyz() throws Exception {
        assertThat(get("/livez").body()).isEqualTo("ok\n");
        assertThat(get("/livez?verbose").body()).isEqualTo("[+]serializable_read ok\nok\n");
        assertThat(get("/readyz").body()).isEqualTo("ok\n");
        assertThat(get("/readyz?verbose").body()).isEqualTo("""
                [+]data_corruption ok
                [+]serializable_read ok
                [+]linearizable_read ok
                [+]non_learner ok
                ok
                """);
        assertThat(get("/readyz/linearizable_read").body()).isEqualTo("ok\n");
    }

    @Test
    void readyzNamesWhatIsWrongAndLivezDoesNotMind() throws Exception {
        this.node.linearizableFailure = new KvException(Code.NO_LEADER);
        this.node.learner = true;
        HttpResponse<String> response = get("/readyz");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("""
                [+]data_corruption ok
                [+]serializable_read ok
                [-]linearizable_read failed: etcdserver: no leader
                [-]non_learner failed: not supported for learner

                """);
        assertThat(get("/readyz?exclude=linearizable_read&exclude=non_learner&exclude=unknown").body())
            .isEqualTo("ok\n");
        assertThat(get("/readyz/non_learner").statusCode()).isEqualTo(503);
        assertThat(get("/readyz/data_corruption").statusCode()).isEqualTo(200);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(this.metrics.text())
            .contains("etcd_server_healthcheck{type=\"readyz\",name=\"linearizable_read\"} 0\n")
            .contains(
                    "etcd_server_healthchecks_total{type=\"readyz\",name=\"linearizable_read\",status=\"error\"} 1\n");
    }

    @Test
    void metricsAreText() throws Exception {
        this.metrics.gauge("etcd_server_has_leader", "Whether there is a leader.", () -> 1);
        HttpResponse<String> response = get("/metrics");
        assertThat(response.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).contains("\netcd_server_has_leader 1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/nothing", "/readyz/nothing", "/livez/linearizable_read", "/health/" })
    void unknownPath(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("404 page not found\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/version", "/health", "/livez", "/readyz", "/livez/serializable_read" })
    void otherMethodThanGet(String path) throws Exception {
        HttpResponse<String> response = this.client.send(
                HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).contains("GET");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        String answers = send("""
                GET /livez HTTP/1.1
                Host: h

                GET /nothing HTTP/1.1
                Host: h

                GET /version HTTP/1.1
                Host: h
                Connection: close

                """.replace("\n", "\r\n"));
        assertThat(answers.lines().filter((line) -> line.startsWith("HTTP/1.1"))).containsExactly("HTTP/1.1 200 OK",
                "HTTP/1.1 404 Not Found", "HTTP/1.1 200 OK");
    }

    @Test
    void oldClientIsCutOffAfterItsAnswer() throws Exception {
        assertThat(send("GET /livez HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nok\n");
    }

    @Test
    void requestLineTooLong() throws Exception {
        assertThat(send("GET /" + "x".repeat(2000) + " HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 414 ");
    }

    @Test
    void headersTooLarge() throws Exception {
        assertThat(send("GET /livez HTTP/1.1\r\nHost: h\r\nX-Large: " + "x".repeat(2000) + "\r\n\r\n"))
            .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void bodyTooLarge() throws Exception {
        assertThat(send("POST /livez HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n"))
            .startsWith("HTTP/1.1 413 ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "nonsense\r\n\r\n", "GET /livez HTTP/9.x\r\n\r\n", "GET /livez%zz HTTP/1.1\r\n\r\n" })
    void malformedRequest(String request) throws Exception {
        assertThat(send(request)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void requestThatDripsInIsCutOff() throws Exception {
        try (Socket socket = new Socket(this.address.getAddress(), this.address.getPort())) {
            long start = System.nanoTime();
            socket.getOutputStream().write("GET /livez HTTP/1.1\r\nX".getBytes(StandardCharsets.US_ASCII));
            assertThat(readAll(socket)).startsWith("HTTP/1.1 408 ");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void idleConnectionIsClosed() throws Exception {
        try (Socket socket = new Socket(this.address.getAddress(), this.address.getPort())) {
            assertThat(readAll(socket)).isEmpty();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return this.client.send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(10)).build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + this.address.getPort() + path);
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket(this.address.getAddress(), this.address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return readAll(socket);
        }
    }

    private static String readAll(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

}
