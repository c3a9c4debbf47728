/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.badinput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.Seeds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes that are no request, on both ports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GarbageTests {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] TLS_HELLO = { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03 };

    private static final byte[] HTTP_REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int CONNECTIONS = 200;

    private static final int IDLE_CONNECTIONS = 10_000;

    private final ClusterProcess server = ClusterProcess.single(Product.KVORUM);

    private final MemberProcess member = this.server.member(0);

    @BeforeAll
    void warmUp() {
        WellBeing.of(this.member).verify();
    }

    @AfterAll
    void stop() {
        this.server.close();
    }

    @Test
    void randomBytes() throws IOException {
        long seed = Seeds.fresh();
        SplittableRandom random = new SplittableRandom(seed);
        WellBeing before = WellBeing.of(this.member);
        for (int i = 0; i < CONNECTIONS; i++) {
            for (int port : ports()) {
                byte[] bytes = new byte[random.nextInt(1, 20_000)];
                random.nextBytes(bytes);
                try (RawConnection connection = new RawConnection(port)) {
                    connection.send(bytes);
                    if (random.nextBoolean()) {
                        connection.sendEnd();
                    }
                    else {
                        connection.reset();
                    }
                }
            }
        }
        before.verify();
    }

    @Test
    void goodBeginningsWithRandomContinuations() throws IOException {
        SplittableRandom random = new SplittableRandom(Seeds.fresh());
        WellBeing before = WellBeing.of(this.member);
        for (int i = 0; i < CONNECTIONS; i++) {
            for (int port : ports()) {
                for (byte[] beginning : List.of(PREFACE, TLS_HELLO, HTTP_REQUEST)) {
                    byte[] bytes = new byte[random.nextInt(1, 2_000)];
                    random.nextBytes(bytes);
                    try (RawConnection connection = new RawConnection(port)) {
                        connection.send(beginning);
                        connection.send(bytes);
                    }
                }
            }
        }
        before.verify();
    }

    @Test
    void httpOnThePeerPort() throws IOException {
        WellBeing before = WellBeing.of(this.member);
        try (RawConnection connection = new RawConnection(this.member.spec().peerPort())) {
            connection.send(HTTP_REQUEST);
            connection.sendEnd();
            String answer = new String(connection.answer(5_000), StandardCharsets.ISO_8859_1);
            assertThat(answer).satisfiesAnyOf((text) -> assertThat(text).isEmpty(),
                    (text) -> assertThat(text).startsWith("HTTP/1.1 4"));
        }
        before.verify();
    }

    @Test
    void headersWithoutEnd() throws IOException {
        WellBeing before = WellBeing.of(this.member);
        try (RawConnection connection = new RawConnection(this.member.spec().clientPort())) {
            connection.send("GET /health HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] line = ("X-Filler: " + "x".repeat(1_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 2_000; i++) {
                connection.send(line);
            }
        }
        before.verify();
    }

    @Test
    void halfOpenConnections() throws IOException {
        WellBeing before = WellBeing.of(this.member);
        Deque<RawConnection> open = new ArrayDeque<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                for (int port : ports()) {
                    RawConnection connection = new RawConnection(port);
                    connection.send(new byte[] { PREFACE[0], PREFACE[1] });
                    open.add(connection);
                }
            }
            before.verifyServing();
        }
        finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
        before.verify();
    }

    @Test
    void manyIdleConnections() throws IOException {
        WellBeing before = WellBeing.of(this.member);
        Deque<RawConnection> open = new ArrayDeque<>();
        try {
            open(open);
            System.out.println("idle connections: " + open.size() + " of " + IDLE_CONNECTIONS);
            assertThat(open.size()).isGreaterThanOrEqualTo(1_000);
            before.verifyServing();
        }
        finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
        before.verify();
    }

    /**
     * As many as this process may have open; a refusal by the server's own limit ends it,
     * too.
     */
    private void open(Deque<RawConnection> open) {
        try {
            while (open.size() < IDLE_CONNECTIONS) {
                open.add(new RawConnection(this.member.spec().clientPort()));
            }
        }
        catch (IOException limitReached) {
            System.out.println("no more than " + open.size() + ": " + limitReached.getMessage());
        }
    }

    private List<Integer> ports() {
        return List.of(this.member.spec().clientPort(), this.member.spec().peerPort());
    }

}
