/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.zookeeper.CreateMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.zookeeper.RawSession.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that mean harm: each is answered or cut off, and after each of them the one
 * that means well still has its session, its znode and its connection.
 */
class HostileClientTests {

    private static final int CREATE = 1;

    private static final int GET_DATA = 4;

    private static final int MULTI = 14;

    private static final int SET_WATCHES = 101;

    private static final int BAD_ARGUMENTS = -8;

    private static final int MARSHALLING_ERROR = -5;

    private static final int OPEN = 31;

    private static final int MAX_CONNECTIONS = 20;

    private static ClusterProcess cluster;

    private static Client client;

    private static long session;

    @BeforeAll
    static void start() throws Exception {
        cluster = ClusterProcess.withZookeeper(1, "--kv.server.zookeeper.handshake-timeout=1s",
                "--kv.server.zookeeper.max-connections-per-address=" + MAX_CONNECTIONS);
        client = Client.connected(cluster.zookeeperEndpoints());
        client.create("/alive", "yes", CreateMode.EPHEMERAL);
        session = client.zookeeper().getSessionId();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client.close();
        cluster.close();
    }

    @AfterEach
    void nobodyElseIsDisturbed() throws Exception {
        assertThat(client.zookeeper().getState().isConnected()).as("the connection was never lost").isTrue();
        assertThat(client.get("/alive", false)).isEqualTo("yes");
        assertThat(client.zookeeper().getSessionId()).isEqualTo(session);
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, Integer.MIN_VALUE, 0x100000, Integer.MAX_VALUE })
    void aLengthThatNoRequestHas(int length) throws Exception {
        try (RawSession raw = new RawSession(cluster.zookeeperEndpoints()).connected()) {
            raw.out().writeInt(length);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { -2, Integer.MIN_VALUE, 1_000_000, Integer.MAX_VALUE })
    void aListWithANumberThatCannotBe(int count) throws Exception {
        try (RawSession raw = new RawSession(cluster.zookeeperEndpoints()).connected()) {
            raw.send(Frame.request(-8, SET_WATCHES).big(0).number(count).number(0).number(0));
            if (count > 0) {
                assertUnreadable(raw);
            }
            else {
                // ZooKeeper's own records read a negative number as no list at all.
                assertThat(errorOf(raw.receive())).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { -2, Integer.MIN_VALUE, 0x7fffff, Integer.MAX_VALUE })
    void dataWithALengthThatCannotBe(int length) throws Exception {
        try (RawSession raw = new RawSession(cluster.zookeeperEndpoints()).connected()) {
            raw.send(Frame.request(1, CREATE).text("/data").number(length).number(1));
            assertUnreadable(raw);
        }
        assertThat(client.zookeeper().exists("/data", false)).isNull();
    }

    @Test
    void aMultiWithoutAnEnd() throws Exception {
        try (RawSession raw = new RawSession(cluster.zookeeperEndpoints()).connected()) {
            raw.send(Frame.request(1, MULTI).number(CREATE).flag(false).number(-1).text("/multi"));
            assertUnreadable(raw);
        }
        assertThat(client.zookeeper().exists("/multi", false)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "/a\0b", "/..", "/.", "/../alive", "//", "/x/", "/alive/../b", "x", "", "/\u0001", "/\ufff0" })
    void pathsThatArePlayedTricksWith(String path) throws Exception {
        try (RawSession raw = new RawSession(cluster.zookeeperEndpoints()).connected()) {
            raw.send(create(path));
            assertThat(errorOf(raw.receive())).as(path).isIn(BAD_ARGUMENTS, -101);
        }
        assertThat(client.children("/")).containsExactly("alive", "zookeeper");
    }

    @Test
    void bytesThatAreNoText() throws Exception {
        try (RawSession raw = new RawSession(cluster.zookeeperEndpoints()).connected()) {
            raw.send(Frame.request(1, GET_DATA)
                .bytes(new byte[] { '/', (byte) 0xc3, (byte) 0x28, (byte) 0xff })
                .flag(false));
            assertThat(errorOf(raw.receive())).isEqualTo(-101);
        }
    }

    @Test
    void aHandshakeThatNeverComesToItsEnd() throws Exception {
        try (RawSession silent = new RawSession(cluster.zookeeperEndpoints());
                RawSession slow = new RawSession(cluster.zookeeperEndpoints())) {
            long start = System.nanoTime();
            slow.out().writeInt(45);
            slow.out().writeInt(0);
            assertThat(slow.isClosed()).isTrue();
            assertThat(silent.isClosed()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(500),
                    Duration.ofSeconds(15));
        }
    }

    @Test
    void aWrongPasswordDoesNotDisturbTheOwner() throws Exception {
        for (byte guess = 0; guess < 50; guess++) {
            byte[] password = new byte[RawSession.PASSWORD_BYTES];
            password[0] = guess;
            try (RawSession raw = new RawSession(cluster.zookeeperEndpoints())) {
                ByteBuffer answer = ByteBuffer.wrap(raw.connect(session, password));
                assertThat(answer.getInt(4)).as("timeout: the session is refused").isZero();
                assertThat(answer.getLong(8)).as("session").isZero();
                assertThat(raw.isClosed()).isTrue();
            }
        }
        try (RawSession raw = new RawSession(cluster.zookeeperEndpoints())) {
            assertThat(ByteBuffer.wrap(raw.connect(session, new byte[500])).getLong(8)).isZero();
        }
    }

    @Test
    void aFloodOfConnections() throws Exception {
        List<RawSession> flood = new ArrayList<>();
        try {
            int served = 0;
            for (int i = 0; i < 2 * MAX_CONNECTIONS; i++) {
                RawSession raw = new RawSession(cluster.zookeeperEndpoints());
                flood.add(raw);
                served += isServed(raw) ? 1 : 0;
            }
            assertThat(served).as("one is the client that means well").isEqualTo(MAX_CONNECTIONS - 1);
        }
        finally {
            for (RawSession raw : flood) {
                raw.close();
            }
        }
        Awaitility.await().atMost(Client.PATIENCE).ignoreExceptions().until(() -> {
            try (RawSession again = new RawSession(cluster.zookeeperEndpoints())) {
                return isServed(again);
            }
        });
    }

    @Test
    void whoAsksAndDoesNotReadIsNotHeardAnyMore() throws Exception {
        client.create("/large", "x".repeat(900_000), CreateMode.EPHEMERAL);
        try (RawSession raw = new RawSession(cluster.zookeeperEndpoints()).connected()) {
            // Answers of several gigabytes, if they were kept for who does not read them.
            byte[] request = Frame.request(1, GET_DATA).text("/large").flag(false).toBytes();
            for (int i = 0; i < 5_000; i++) {
                raw.out().writeInt(request.length);
                raw.out().write(request);
            }
            nobodyElseIsDisturbed();
        }
        client.zookeeper().delete("/large", -1);
    }

    @Test
    void requestsWithTheNumberOfEvents() throws Exception {
        try (RawSession raw = new RawSession(cluster.zookeeperEndpoints()).connected()) {
            for (int i = 0; i < 2_500; i++) {
                raw.send(Frame.request(-1, GET_DATA).text("/missing").flag(false));
                assertThat(errorOf(raw.receive())).isEqualTo(-101);
            }
            nobodyElseIsDisturbed();
        }
    }

    /**
     * ZooKeeper answers some of what it cannot read, and closes the connection at the
     * rest.
     */
    private static void assertUnreadable(RawSession raw) throws IOException {
        byte[] answer;
        try {
            answer = raw.receive();
        }
        catch (EOFException | SocketException closed) {
            return;
        }
        assertThat(errorOf(answer)).isEqualTo(MARSHALLING_ERROR);
    }

    private static boolean isServed(RawSession raw) {
        try {
            return raw.connect(0, new byte[RawSession.PASSWORD_BYTES]).length > 0;
        }
        catch (IOException closed) {
            return false;
        }
    }

    private static Frame create(String path) throws IOException {
        return Frame.request(1, CREATE)
            .text(path)
            .number(0)
            .number(1)
            .number(OPEN)
            .text("world")
            .text("anyone")
            .number(0);
    }

    private static int errorOf(byte[] reply) {
        return ByteBuffer.wrap(reply).getInt(Integer.BYTES + Long.BYTES);
    }

}
