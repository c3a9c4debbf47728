/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.ConfigurableApplicationContext;

import io.kvorum.server.command.PutOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Three members, and one of them has a bad disk: the cluster goes on. */
class DamagedMemberTests {

    private static final int KEYS = 100;

    private static final int DAMAGED_KEY = 50;

    private static final int BAD = 0;

    @TempDir
    private Path directory;

    private final List<Integer> ports = new ArrayList<>();

    private final List<ConfigurableApplicationContext> members = new ArrayList<>();

    @AfterEach
    void stop() {
        this.members.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void theClusterServesWhileOneMembersFileIsDamaged() throws Exception {
        startThree();
        for (int i = 0; i < KEYS; i++) {
            put(1, i, false);
        }
        Awaitility.await().until(() -> node(BAD).revision() == node(1).revision());
        damageOne();

        assertThat(get(BAD, 10, Consistency.SERIALIZABLE)).isEqualTo(value(10));
        assertDamaged(node(BAD).range(query(DAMAGED_KEY), Consistency.SERIALIZABLE));
        assertUnhealthy();

        MemberId bad = node(BAD).cluster().self();
        KvNode leader = Awaitility.await().until(this::leader, (found) -> found != null);
        assertThat(leader).isNotNull();
        leader.cluster().moveLeader(bad).get();
        Awaitility.await()
            .until(() -> node(1).cluster().leader(), (now) -> !now.equals(MemberId.NONE) && !now.equals(bad));
        put(BAD, 10, false);
        assertThat(get(BAD, 10, Consistency.LINEARIZABLE)).isEqualTo(value(10));

        // This one needs the damaged page in order to be applied.
        put(1, DAMAGED_KEY, true);
        Awaitility.await().untilAsserted(() -> assertDamaged(node(BAD).range(query(10), Consistency.LINEARIZABLE)));
        assertDamaged(node(BAD).propose(put(10, false)));
        assertThat(get(BAD, 10, Consistency.SERIALIZABLE)).isEqualTo(value(10));
        assertThat(get(1, DAMAGED_KEY, Consistency.LINEARIZABLE)).isEqualTo(value(DAMAGED_KEY));
        put(2, 10, false);
    }

    private void assertUnhealthy() throws Exception {
        HttpResponse<String> health = HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.ports.get(BAD) + "/health")).build(),
                    HttpResponse.BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("STORE DAMAGED", file().toString());
        assertThat(node(BAD).maintenance().status().errors()).anyMatch((error) -> error.contains(file().toString()));
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", this.ports.get(BAD))
            .usePlaintext()
            .build();
        try {
            HealthGrpc.HealthBlockingStub stub = HealthGrpc.newBlockingStub(channel);
            Awaitility.await()
                .until(() -> stub.check(HealthCheckRequest.getDefaultInstance()).getStatus(),
                        ServingStatus.NOT_SERVING::equals);
        }
        finally {
            channel.shutdownNow();
        }
    }

    private void assertDamaged(Future<?> answer) {
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(answer::get).satisfies((failure) -> {
            assertThat(failure.getCause()).isInstanceOf(KvException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("rebuilt from the other members");
            assertThat(failure.getCause()).extracting("code").isEqualTo(Code.CORRUPT);
        });
    }

    /**
     * Stops the member, changes a byte of each copy of a value in its file, starts it.
     */
    private void damageOne() throws IOException {
        this.members.get(BAD).close();
        byte[] bytes = Files.readAllBytes(file());
        byte[] wanted = value(DAMAGED_KEY).substring(0, 24).getBytes(StandardCharsets.US_ASCII);
        int found = 0;
        for (int at = 0; at < bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                bytes[at + wanted.length] ^= 1;
                found++;
            }
        }
        assertThat(found).isPositive();
        Files.write(file(), bytes);
        this.members.set(BAD, start(BAD));
    }

    private Path file() {
        try (var files = Files.walk(this.directory.resolve("member" + BAD))) {
            return files.filter((file) -> file.endsWith("store.mv")).findFirst().orElseThrow();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void startThree() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sockets.add(new ServerSocket(0));
            this.ports.add(sockets.get(i).getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        for (int i = 0; i < 3; i++) {
            this.members.add(start(i));
        }
    }

    private ConfigurableApplicationContext start(int member) {
        String client = "http://127.0.0.1:" + this.ports.get(member);
        String peer = peerUrl(member);
        return KvServerApplication.start(
                CommandLine.parse("--name", "m" + member, "--data-dir",
                        this.directory.resolve("member" + member).toString(), "--listen-client-urls", client,
                        "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls",
                        peer, "--initial-cluster", "m0=" + peerUrl(0) + ",m1=" + peerUrl(1) + ",m2=" + peerUrl(2)),
                Map.of());
    }

    private String peerUrl(int member) {
        return "http://127.0.0.1:" + this.ports.get(3 + member);
    }

    private KvNode node(int member) {
        return this.members.get(member).getBean(RunningNode.class).node();
    }

    private @Nullable KvNode leader() {
        MemberId leader = node(1).cluster().leader();
        return List.of(node(0), node(1), node(2))
            .stream()
            .filter((node) -> node.cluster().self().equals(leader))
            .findFirst()
            .orElse(null);
    }

    private void put(int member, int key, boolean previous) {
        Awaitility.await()
            .ignoreExceptions()
            .atMost(Duration.ofSeconds(20))
            .until(() -> node(member).propose(put(key, previous)).get().revision() > 0);
    }

    private String get(int member, int key, Consistency consistency) throws Exception {
        return node(member).range(query(key), consistency).get().range().kvs().get(0).value().toUtf8();
    }

    private static PutOperation put(int key, boolean previous) {
        return new PutOperation(key(key), Bytes.utf8(value(key)), 0, previous, false, false);
    }

    private static RangeQuery query(int key) {
        return RangeQuery.of(KeyRange.single(key(key)));
    }

    private static Bytes key(int number) {
        return Bytes.utf8("key%04d".formatted(number));
    }

    /** So large that keys far from each other are not on one page. */
    private static String value(int number) {
        return "a value with number %04d ".formatted(number).repeat(150);
    }

}
