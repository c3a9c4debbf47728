/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.MemberId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/** What a member does with bytes that no member sends: hang up, and serve the others. */
class HostilePeerTests {

    private static final MemberId SELF = new MemberId(1);

    private static final MemberId PEER = new MemberId(2);

    private static final PeerLimits LIMITS = new PeerLimits(1 << 20, 16, 1 << 20, 8, Duration.ofSeconds(1),
            Duration.ofMillis(400), Duration.ofSeconds(1), 1);

    private static final int REQUEST = 4;

    private final AtomicInteger calls = new AtomicInteger();

    private PeerTransport transport = transport(SELF, Map.of());

    private PeerTransport honest = transport(PEER, Map.of());

    @BeforeEach
    void start() throws IOException {
        this.transport.start();
        this.honest.setAddress(SELF, "127.0.0.1:" + this.transport.port());
        this.honest.start();
    }

    @AfterEach
    void stop() {
        this.honest.close();
        this.transport.close();
    }

    static Stream<Arguments> hostileOpenings() throws IOException {
        byte[] hello = RawPeer.frame(1, 0, new Handshake(1, 7, PEER, SELF).encode());
        byte[] noise = new byte[5000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i * 31 + 7);
        }
        return Stream.of(argumentSet("noise", (Object) noise),
                argumentSet("HTTP", (Object) ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
                argumentSet("HTTP/2", (Object) ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
                argumentSet("a serialized Java object", (Object) serialized()),
                argumentSet("a serialized Java object as an introduction", (Object) RawPeer.frame(1, 0, serialized())),
                argumentSet("a huge length", (Object) ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array()),
                argumentSet("a negative length", (Object) ByteBuffer.allocate(8).putInt(-1).array()),
                argumentSet("no length", (Object) new byte[16]),
                argumentSet("an unknown kind", (Object) RawPeer.frame(99, 0, new byte[4])),
                argumentSet("a request before the introduction", (Object) RawPeer.frame(REQUEST, 8, new byte[4])),
                argumentSet("an empty introduction", (Object) RawPeer.frame(1, 0, new byte[0])),
                argumentSet("a large introduction", (Object) RawPeer.frame(1, 0, new byte[10_000])),
                argumentSet("two introductions", (Object) concat(hello, hello)));
    }

    @ParameterizedTest
    @MethodSource("hostileOpenings")
    void hangsUpBeforeTheHandshake(byte[] opening) throws Exception {
        try (RawPeer raw = new RawPeer(this.transport.port())) {
            raw.send(opening);
            assertThat(raw.readToEnd()).isLessThan(200);
        }
        assertStillServes();
        assertThat(this.calls).hasValue(1);
    }

    static Stream<Arguments> hostileRequests() throws IOException {
        return Stream.of(argumentSet("an unknown type", (Object) RawPeer.frame(REQUEST, 77, new byte[4])),
                argumentSet("type 0", (Object) RawPeer.frame(REQUEST, 0, new byte[4])),
                argumentSet("a negative type", (Object) RawPeer.frame(REQUEST, -3, new byte[4])),
                argumentSet("a type that is an answer only", (Object) RawPeer.frame(REQUEST, 7, new byte[4])),
                argumentSet("an answer", (Object) RawPeer.frame(5, 1, new byte[4])),
                argumentSet("a welcome", (Object) RawPeer.frame(2, 0, new Handshake(1, 7, PEER, SELF).encode())),
                argumentSet("a second introduction",
                        (Object) RawPeer.frame(1, 0, new Handshake(1, 7, PEER, SELF).encode())),
                argumentSet("entries that are no entries", (Object) RawPeer.frame(REQUEST, 1, ascii("\u0007garbage"))),
                argumentSet("entries without required fields", (Object) RawPeer.frame(REQUEST, 1, new byte[0])),
                argumentSet("a serialized Java object as entries", (Object) RawPeer.frame(REQUEST, 1, serialized())),
                argumentSet("a call without a kind", (Object) RawPeer.frame(REQUEST, 8, new byte[0])),
                argumentSet("more than maxFrameBytes", (Object) ByteBuffer.allocate(8).putInt((1 << 20) + 1).array()));
    }

    @ParameterizedTest
    @MethodSource("hostileRequests")
    void hangsUpAfterTheHandshake(byte[] request) throws Exception {
        try (RawPeer raw = new RawPeer(this.transport.port())) {
            raw.sendHandshake(new Handshake(1, 7, new MemberId(3), SELF));
            assertThat(raw.receive().kind()).isEqualTo(2);
            raw.send(request);
            assertThat(raw.readToEnd()).isZero();
        }
        assertStillServes();
        assertThat(this.calls).hasValue(1);
    }

    @Test
    void hangsUpOnSilenceAfterTheHandshakeTimeout() throws Exception {
        try (RawPeer silent = new RawPeer(this.transport.port()); RawPeer slow = new RawPeer(this.transport.port())) {
            slow.send(new byte[] { 0, 0, 0 });
            long start = System.nanoTime();
            assertThat(silent.readToEnd() + slow.readToEnd()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200),
                    Duration.ofSeconds(8));
        }
        assertStillServes();
    }

    @Test
    void acceptsNoMoreConnectionsThanAllowed() throws Exception {
        assertStillServes();
        List<RawPeer> crowd = new ArrayList<>();
        for (int i = 0; i < LIMITS.maxConnections() - 1; i++) {
            crowd.add(new RawPeer(this.transport.port()));
        }
        try (RawPeer oneTooMany = new RawPeer(this.transport.port())) {
            long start = System.nanoTime();
            assertThat(oneTooMany.readToEnd()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMITS.handshakeTimeout());
        }
        for (RawPeer raw : crowd) {
            assertThat(raw.readToEnd()).isZero();
            raw.close();
        }
        assertStillServes();
    }

    @Test
    void saysWhatDiffersInTheHandshake() throws Exception {
        assertThat(refusal(new Handshake(2, 7, PEER, SELF)))
            .isEqualTo("protocol version differs: member 1 speaks 1, member 2 speaks 2");
        assertThat(refusal(new Handshake(1, 0xabc, PEER, SELF)))
            .isEqualTo("cluster id differs: member 1 is in cluster 7, member 2 in cluster abc");
        assertThat(refusal(new Handshake(1, 7, PEER, new MemberId(9))))
            .isEqualTo("member id differs: this is member 1, member 2 expects member 9 at this address");
        assertThat(refusal(new Handshake(1, 7, SELF, SELF)))
            .isEqualTo("member id is used twice: both sides are member 1");
    }

    @Test
    void aNewConnectionOfAPeerReplacesItsOldOne() throws Exception {
        Handshake hello = new Handshake(1, 7, new MemberId(3), SELF);
        try (RawPeer older = new RawPeer(this.transport.port())) {
            older.sendHandshake(hello);
            assertThat(older.receive().kind()).isEqualTo(2);
            try (RawPeer newer = new RawPeer(this.transport.port())) {
                newer.sendHandshake(hello);
                assertThat(older.readToEnd()).isZero();
                assertThat(newer.receive().kind()).isEqualTo(2);
                newer.sendFrame(REQUEST, 8, ascii("\u0005hi"));
                assertThat(newer.receive().body()).isEqualTo("hi");
            }
        }
    }

    @Test
    void refusesRequestsOfTheEngineBeforeItRuns() throws Exception {
        try (RawPeer raw = new RawPeer(this.transport.port())) {
            raw.sendHandshake(new Handshake(1, 7, new MemberId(3), SELF));
            assertThat(raw.receive().kind()).isEqualTo(2);
            byte[] request = com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest.newBuilder()
                .setGroupId("g")
                .setServerId("3:0")
                .setPeerId("1:0")
                .setTerm(1)
                .build()
                .toByteArray();
            raw.sendFrame(REQUEST, 3, request);
            assertThat(raw.receive()).isEqualTo(new RawPeer.Received(6, 0, "\0does not take part at the moment"));
        }
    }

    private String refusal(Handshake hello) throws IOException {
        try (RawPeer raw = new RawPeer(this.transport.port())) {
            raw.sendHandshake(hello);
            RawPeer.Received answer = raw.receive();
            assertThat(answer.kind()).isEqualTo(3);
            assertThat(raw.readToEnd()).isZero();
            return answer.body();
        }
    }

    /** The peer with the same id as some of the hostile ones may have to connect anew. */
    private void assertStillServes() {
        this.calls.set(0);
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(() -> {
            byte[] answer = this.honest.call(SELF, (byte) 4, ascii("ping"), 2000).get(5, TimeUnit.SECONDS);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("ping");
        });
    }

    private PeerTransport transport(MemberId self, Map<MemberId, String> addresses) {
        return new PeerTransport(new PeerIdentity(7, self), addresses, "127.0.0.1:0", LIMITS, null,
                (from, kind, request) -> {
                    this.calls.incrementAndGet();
                    return CompletableFuture.completedFuture(request);
                }, Clock.SYSTEM);
    }

    private static byte[] serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new HashMap<>(Map.of("a", IntStream.range(0, 50).boxed().toList())));
        }
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[] left, byte[] right) {
        return ByteBuffer.allocate(left.length + right.length).put(left).put(right).array();
    }

}
