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
import com.alipay.sofa.jraft.error.RaftError;
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

    private final List<EngineMember> members = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void closeMembers() {
        this.members.forEach(EngineMember::close);
    }

    @Test
    void theEngineFindsOurFactoryAlthoughBoltIsMissing() {
        assertThat(RpcFactoryHelper.rpcFactory()).isInstanceOf(PeerRpcFactory.class);
    }

    @Test
    void electsReplicatesAndReads() throws Exception {
        startMembers(null);
        EngineMember leader = awaitLeader();
        List<CompletableFuture<Status>> writes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            words.add("word-" + i + "-" + "x".repeat(i * 40));
            writes.add(leader.apply(words.get(i)));
        }
        for (CompletableFuture<Status> write : writes) {
            assertThat(write.get(10, TimeUnit.SECONDS).isOk()).isTrue();
        }
        for (EngineMember member : this.members) {
            await().untilAsserted(() -> assertThat(member.stateMachine().applied()).isEqualTo(words));
        }
        EngineMember follower = this.members.stream().filter((member) -> member != leader).findFirst().orElseThrow();
        assertThat(readIndex(follower).isOk()).isTrue();
        assertThat(Objects.requireNonNull(leader.transport().counters().get(follower.id())).sentBytes())
            .isGreaterThan(500 * 500 / 2 * 40);
    }

    @Test
    void aFollowerThatWasAwayCatchesUpByLogAndBySnapshot() throws Exception {
        startMembers(null);
        EngineMember leader = awaitLeader();
        EngineMember follower = this.members.stream().filter((member) -> member != leader).findFirst().orElseThrow();
        follower.stopNode();
        assertThat(leader.apply("one").get(5, TimeUnit.SECONDS).isOk()).isTrue();
        follower.startNode();
        await().untilAsserted(() -> assertThat(follower.stateMachine().applied()).containsExactly("one"));
        follower.stopNode();
        assertThat(leader.apply("two").get(5, TimeUnit.SECONDS).isOk()).isTrue();
        snapshot(leader);
        assertThat(leader.apply("three").get(5, TimeUnit.SECONDS).isOk()).isTrue();
        snapshot(leader);
        follower.startNode();
        await()
            .untilAsserted(() -> assertThat(follower.stateMachine().applied()).containsExactly("one", "two", "three"));
        assertThat(follower.stateMachine().snapshotsLoaded()).isPositive();
    }

    @Test
    void anotherMemberLeadsWhenTheLeaderIsGone() throws Exception {
        startMembers(null);
        EngineMember leader = awaitLeader();
        assertThat(leader.apply("before").get(5, TimeUnit.SECONDS).isOk()).isTrue();
        this.members.remove(leader);
        leader.close();
        EngineMember next = awaitLeader();
        assertThat(next.apply("after").get(5, TimeUnit.SECONDS).isOk()).isTrue();
        for (EngineMember member : this.members) {
            await().untilAsserted(() -> assertThat(member.stateMachine().applied()).containsExactly("before", "after"));
        }
    }

    private void startMembers(@Nullable PeerTls tls) throws IOException {
        Configuration configuration = new Configuration();
        for (long id = 0xfedc_0001L; id <= 0xfedc_0003L; id++) {
            configuration.addPeer(PeerIds.of(new MemberId(id)));
        }
        for (long id = 0xfedc_0001L; id <= 0xfedc_0003L; id++) {
            this.members.add(new EngineMember(new MemberId(id), configuration, this.directory, tls));
        }
        for (EngineMember member : this.members) {
            for (EngineMember other : this.members) {
                member.transport().setAddress(other.id(), "127.0.0.1:" + other.transport().port());
            }
        }
        this.members.forEach(EngineMember::startNode);
    }

    private EngineMember awaitLeader() {
        return await().atMost(Duration.ofSeconds(10))
            .until(() -> this.members.stream().filter((member) -> member.node().isLeader()).findFirst(),
                    (leader) -> leader.isPresent())
            .orElseThrow();
    }

    private static Status readIndex(EngineMember member) throws Exception {
        CompletableFuture<Status> result = new CompletableFuture<>();
        member.node().readIndex(new byte[0], new ReadIndexClosure() {
            @Override
            public void run(Status status, long index, byte[] context) {
                result.complete(status);
            }
        });
        return result.get(5, TimeUnit.SECONDS);
    }

    private static void snapshot(EngineMember member) throws Exception {
        CompletableFuture<Status> result = new CompletableFuture<>();
        member.node().snapshot(result::complete);
        Status status = result.get(5, TimeUnit.SECONDS);
        assertThat(status.isOk() || status.getRaftError() == RaftError.ECANCELED).isTrue();
    }

}
