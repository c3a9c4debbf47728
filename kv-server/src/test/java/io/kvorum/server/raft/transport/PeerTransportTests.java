/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.PeerCallException;
import io.kvorum.server.raft.PeerRequestHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Requests of the node layer between two members. */
class PeerTransportTests {

    private static final MemberId ONE = new MemberId(1);

    private static final MemberId TWO = new MemberId(2);

    private static final PeerLimits LIMITS = new PeerLimits(1 << 20, 8, 4 << 20, 16, Duration.ofSeconds(1),
            Duration.ofMillis(500), Duration.ofMillis(100), 1);

    private final List<PeerTransport> open = new ArrayList<>();

    private final CompletableFuture<byte[]> never = new CompletableFuture<>();

    @AfterEach
    void close() {
        this.open.forEach(PeerTransport::close);
    }

    @Test
    void theAnswerComesBackAndTheHandlerKnowsWhoAsks() throws Exception {
        PeerTransport two = start(TWO,
                (from, kind, request) -> answer(from + ":" + kind + ":" + new String(request, StandardCharsets.UTF_8)));
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(two));
        assertThat(ask(one, TWO, 3, "hello")).isEqualTo("1:3:hello");
        assertThat(one.isConnected(TWO)).isTrue();
        PeerCounters counters = Objects.requireNonNull(one.counters().get(TWO));
        assertThat(counters.sentBytes()).isEqualTo(4 + 10 + 1 + 5);
        assertThat(counters.receivedBytes()).isGreaterThan(4 + 10 + 9);
        await().untilAsserted(() -> assertThat(counters.roundTripNanos()).isPositive());
        AtomicLong heard = new AtomicLong();
        counters.onRoundTrip(heard::set);
        await().untilAsserted(() -> assertThat(heard).hasPositiveValue());
    }

    @Test
    void aMemberAsksItself() throws Exception {
        PeerTransport one = start(ONE, echo());
        assertThat(ask(one, ONE, 0, "me")).isEqualTo("me");
    }

    @Test
    void largeRequestsAndAnswersArriveWhole() throws Exception {
        PeerTransport two = start(TWO, echo());
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(two));
        byte[] large = new byte[(1 << 20) - 100];
        Arrays.fill(large, (byte) 'x');
        large[777_777] = 'y';
        assertThat(one.call(TWO, (byte) 0, large, 5000).get(5, TimeUnit.SECONDS)).isEqualTo(large);
    }

    @Test
    void aRequestThatIsTooLargeIsNotSent() throws Exception {
        PeerTransport two = start(TWO, echo());
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(two));
        ask(one, TWO, 0, "connected");
        assertFails(one.call(TWO, (byte) 0, new byte[1 << 20], 1000), false, "maxFrameBytes=1048576");
        assertThat(ask(one, TWO, 0, "still there")).isEqualTo("still there");
    }

    @Test
    void anAnswerThatIsTooLargeFailsTheRequest() throws Exception {
        PeerTransport two = start(TWO,
                (from, kind, request) -> CompletableFuture.completedFuture(new byte[(1 << 20) * kind]));
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(two));
        assertThat(ask(one, TWO, 0, "")).isEmpty();
        assertFails(one.call(TWO, (byte) 1, new byte[0], 5000), true, "connection closed");
        await().ignoreExceptions().untilAsserted(() -> assertThat(ask(one, TWO, 0, "")).isEmpty());
    }

    @Test
    void aRequestThatIsNotAnsweredTimesOut() throws Exception {
        PeerTransport two = start(TWO, (from, kind, request) -> (kind == 0) ? answer("") : this.never);
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(two));
        ask(one, TWO, 0, "");
        assertFails(one.call(TWO, (byte) 1, new byte[0], 50), true, "no answer from member 2 in time");
        assertThat(Objects.requireNonNull(one.counters().get(TWO)).sendFailures()).isEqualTo(1);
        assertThat(one.isConnected(TWO)).isTrue();
    }

    @Test
    void requestsBeyondTheLimitFailAtOnce() throws Exception {
        PeerTransport two = start(TWO, (from, kind, request) -> (kind == 0) ? answer("") : this.never);
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(two));
        ask(one, TWO, 0, "");
        for (int i = 0; i < LIMITS.maxRequestsInFlight(); i++) {
            assertThat(one.call(TWO, (byte) 1, new byte[0], 10_000)).isNotDone();
        }
        assertFails(one.call(TWO, (byte) 0, new byte[0], 10_000), false, "maxRequestsInFlight=8");
    }

    @Test
    void aFailureOfTheHandlerIsTold() throws Exception {
        PeerTransport two = start(TWO, (from, kind, request) -> {
            if (kind == 0) {
                throw new IllegalStateException("thrown");
            }
            return CompletableFuture.failedFuture(new IllegalStateException("failed"));
        });
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(two));
        assertFails(one.call(TWO, (byte) 0, new byte[0], 5000), true, "thrown");
        assertFails(one.call(TWO, (byte) 1, new byte[0], 5000), true, "failed");
    }

    @Test
    void requestsFailWhenTheConnectionIsLostAndWorkAgainWhenThePeerIsBack() throws Exception {
        PeerTransport two = start(TWO, (from, kind, request) -> (kind == 0) ? answer("first") : this.never);
        PeerTransport one = start(ONE, echo());
        String address = address(two);
        one.setAddress(TWO, address);
        assertThat(ask(one, TWO, 0, "")).isEqualTo("first");
        CompletableFuture<byte[]> lost = one.call(TWO, (byte) 1, new byte[0], 60_000);
        two.close();
        // Closed or reset, as it happens.
        assertFails(lost, true, "onnection");
        assertFails(one.call(TWO, (byte) 0, new byte[0], 60_000), false, "member 2 at " + address);
        PeerTransport again = new PeerTransport(new PeerIdentity(7, TWO), Map.of(), address, LIMITS, null,
                (from, kind, request) -> answer("second"), Clock.SYSTEM);
        this.open.add(again);
        again.start();
        await().until(() -> one.isConnected(TWO));
        assertThat(ask(one, TWO, 0, "")).isEqualTo("second");
    }

    @Test
    void aMemberMayMove() throws Exception {
        PeerTransport here = start(TWO, (from, kind, request) -> answer("here"));
        PeerTransport there = start(TWO, (from, kind, request) -> answer("there"));
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(here));
        assertThat(ask(one, TWO, 0, "")).isEqualTo("here");
        one.setAddress(TWO, address(there));
        await().ignoreExceptions().untilAsserted(() -> assertThat(ask(one, TWO, 0, "")).isEqualTo("there"));
        one.removeAddress(TWO);
        assertFails(one.call(TWO, (byte) 0, new byte[0], 1000), false, "address of member 2 is not known");
    }

    @Test
    void anotherMemberAtTheAddressIsNotTakenForTheRightOne() throws Exception {
        PeerTransport three = start(new MemberId(3), echo());
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(three));
        assertFails(one.call(TWO, (byte) 0, new byte[0], 5000), false,
                "refused: member id differs: this is member 3, member 1 expects member 2 at this address");
    }

    @Test
    void anotherClusterIsRefused() throws Exception {
        PeerTransport two = new PeerTransport(new PeerIdentity(8, TWO), Map.of(), "127.0.0.1:0", LIMITS, null, echo(),
                Clock.SYSTEM);
        this.open.add(two);
        two.start();
        PeerTransport one = start(ONE, echo());
        one.setAddress(TWO, address(two));
        assertFails(one.call(TWO, (byte) 0, new byte[0], 5000), false, "cluster id differs");
    }

    @Test
    void aPeerThatNeverSpeaksIsGivenUp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            PeerTransport one = start(ONE, echo());
            one.setAddress(TWO, "127.0.0.1:" + mute.getLocalPort());
            assertFails(one.call(TWO, (byte) 0, new byte[0], 5000), false, "handshakeTimeout");
        }
    }

    @Test
    void aPeerThatFallsSilentIsGivenUp() throws Exception {
        try (ServerSocket listener = new ServerSocket(0)) {
            PeerTransport one = start(ONE, echo());
            one.setAddress(TWO, "127.0.0.1:" + listener.getLocalPort());
            CompletableFuture<byte[]> call = one.call(TWO, (byte) 0, new byte[0], 60_000);
            try (java.net.Socket frozen = listener.accept()) {
                frozen.getOutputStream().write(RawPeer.frame(2, 0, new Handshake(1, 7, TWO, ONE).encode()));
                assertFails(call, true, "no sign of life");
            }
        }
    }

    @Test
    void aTakenPortIsReportedWithItsAddress() throws Exception {
        PeerTransport one = start(ONE, echo());
        PeerTransport two = new PeerTransport(new PeerIdentity(7, TWO), Map.of(), address(one), LIMITS, null, echo(),
                Clock.SYSTEM);
        this.open.add(two);
        assertThatThrownBy(two::start).isInstanceOf(IOException.class)
            .hasMessageContaining("Cannot listen for peers on " + address(one));
    }

    @Test
    void addressesAreCheckedWhenTheyAreGiven() {
        for (String bad : List.of("", "host", "host:", ":1", "host:70000", "::1:5", "host:x")) {
            assertThatIllegalArgumentException().isThrownBy(() -> PeerAddress.parse(bad))
                .withMessageContaining("host:port");
        }
        assertThat(PeerAddress.parse("[::1]:5")).isEqualTo(new PeerAddress("::1", 5)).hasToString("[::1]:5");
    }

    private PeerTransport start(MemberId self, PeerRequestHandler handler) throws IOException {
        PeerTransport transport = new PeerTransport(new PeerIdentity(7, self), Map.of(), "127.0.0.1:0", LIMITS, null,
                handler, Clock.SYSTEM);
        this.open.add(transport);
        transport.start();
        return transport;
    }

    private static PeerRequestHandler echo() {
        return (from, kind, request) -> CompletableFuture.completedFuture(request);
    }

    private static CompletableFuture<byte[]> answer(String text) {
        return CompletableFuture.completedFuture(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String address(PeerTransport transport) {
        return "127.0.0.1:" + transport.port();
    }

    private static String ask(PeerTransport transport, MemberId target, int kind, String text) throws Exception {
        byte[] answer = transport.call(target, (byte) kind, text.getBytes(StandardCharsets.UTF_8), 5000)
            .get(5, TimeUnit.SECONDS);
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static void assertFails(CompletableFuture<byte[]> call, boolean sent, @Nullable String message) {
        assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(PeerCallException.class)
            .hasMessageContaining(message)
            .satisfies((failure) -> assertThat(((PeerCallException) failure).sent()).isEqualTo(sent));
    }

}
