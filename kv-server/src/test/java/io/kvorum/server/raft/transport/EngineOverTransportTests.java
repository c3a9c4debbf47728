/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.util.RpcFactoryHelper;
import io.kvorum.server.common.MemberId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Three members with the real engine in one process. */
class EngineOverTransportTests {

    private final List<TransportMember> members = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void closeMembers() {
        this.members.forEach(TransportMember::close);
    }

    @Test
    void theEngineFindsOurFactoryAlthoughBoltIsMissing() {
        assertThat(RpcFactoryHelper.rpcFactory()).isInstanceOf(PeerRpcFactory.class);
    }

    @Test
    void electsReplicatesAndReads() throws Exception {
        startMembers(null);
        write("first");
        TransportMember leader = awaitLeader();
        List<CompletableFuture<Status>> writes = new ArrayList<>();
        List<String> words = new ArrayList<>(List.of("first"));
        for (int i = 0; i < 500; i++) {
            String word = "word-" + i + "-" + "x".repeat(i * 40);
            words.add(word);
            writes.add(leader.apply(word));
        }
        for (CompletableFuture<Status> write : writes) {
            assertThat(write.get(10, TimeUnit.SECONDS).isOk()).isTrue();
        }
        for (TransportMember member : this.members) {
            await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(member.stateMachine().applied()).isEqualTo(words));
        }
        TransportMember follower = this.members.stream().filter((member) -> member != leader).findFirst().orElseThrow();
        assertThat(readIndex(follower).isOk()).isTrue();
        assertThat(Objects.requireNonNull(leader.transport().counters().get(follower.id())).sentBytes())
            .isGreaterThan(500 * 500 / 2 * 40);
    }

    @Test
    void aFollowerThatWasAwayCatchesUpByLogAndBySnapshot() throws Exception {
        startMembers(null);
        TransportMember leader = awaitLeader();
        TransportMember follower = this.members.stream().filter((member) -> member != leader).findFirst().orElseThrow();
        this.members.remove(follower);
        follower.stopNode();
        write("one");
        follower.startNode();
        await().atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(follower.stateMachine().applied()).containsExactly("one"));
        follower.stopNode();
        // The engine keeps the entries behind the last snapshot but one.
        write("two");
        this.members.forEach(EngineOverTransportTests::snapshot);
        write("three");
        this.members.forEach(EngineOverTransportTests::snapshot);
        follower.startNode();
        this.members.add(follower);
        await().atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(follower.stateMachine().applied()).containsExactly("one", "two", "three"));
        assertThat(follower.stateMachine().snapshotsLoaded()).isPositive();
    }

    @Test
    void anotherMemberLeadsWhenTheLeaderIsGone() throws Exception {
        startMembers(null);
        TransportMember leader = awaitLeader();
        assertThat(leader.apply("before").get(5, TimeUnit.SECONDS).isOk()).isTrue();
        this.members.remove(leader);
        leader.close();
        TransportMember next = awaitLeader();
        assertThat(next.apply("after").get(5, TimeUnit.SECONDS).isOk()).isTrue();
        for (TransportMember member : this.members) {
            await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(member.stateMachine().applied()).containsExactly("before", "after"));
        }
    }

    private void startMembers(@Nullable PeerTls tls) throws IOException {
        Configuration configuration = new Configuration();
        for (long id = 0xfedc_0001L; id <= 0xfedc_0003L; id++) {
            configuration.addPeer(PeerIds.of(new MemberId(id)));
        }
        for (long id = 0xfedc_0001L; id <= 0xfedc_0003L; id++) {
            this.members.add(new TransportMember(new MemberId(id), configuration, this.directory, tls));
        }
        for (TransportMember member : this.members) {
            for (TransportMember other : this.members) {
                member.transport().setAddress(other.id(), "127.0.0.1:" + other.transport().port());
            }
        }
        this.members.forEach(TransportMember::startNode);
    }

    private TransportMember awaitLeader() {
        return await().atMost(Duration.ofSeconds(30))
            .until(() -> this.members.stream().filter((member) -> member.node().isLeader()).findFirst(),
                    (leader) -> leader.isPresent())
            .orElseThrow();
    }

    /** Writes through whoever leads, and waits until all members that run have it. */
    private void write(String word) {
        await().atMost(Duration.ofSeconds(20)).until(() -> awaitLeader().apply(word).get(5, TimeUnit.SECONDS).isOk());
        for (TransportMember member : this.members) {
            await().until(() -> member.stateMachine().applied().contains(word));
        }
    }

    private static Status readIndex(TransportMember member) throws Exception {
        CompletableFuture<Status> result = new CompletableFuture<>();
        member.node().readIndex(new byte[0], new ReadIndexClosure() {
            @Override
            public void run(Status status, long index, byte[] context) {
                result.complete(status);
            }
        });
        return result.get(5, TimeUnit.SECONDS);
    }

    private static void snapshot(TransportMember member) {
        CompletableFuture<Status> result = new CompletableFuture<>();
        member.node().snapshot(result::complete);
        assertThat(result.orTimeout(10, TimeUnit.SECONDS).join().isOk()).isTrue();
    }

}
