/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A group does what its contract says, with real files and sockets. */
class RaftGroupTests {

    @TempDir
    private Path directory;

    @Test
    void singleMemberLeadsAtOnceAndKeepsWhatItAcknowledged() throws Exception {
        try (TestGroup group = new TestGroup(this.directory, 1, 1000)) {
            group.startAll();
            assertThat(group.awaitLeader()).isEqualTo(1);
            for (int i = 0; i < 10; i++) {
                group.propose(1, "k" + i, "v" + i).get(5, TimeUnit.SECONDS);
            }
            RaftStatus status = group.member(1).status();
            assertThat(status.role()).isEqualTo(RaftStatus.Role.LEADER);
            assertThat(status.leader()).isEqualTo(new MemberId(1));
            assertThat(status.voters()).containsExactly(new MemberId(1));
            Map<String, String> before = group.state(1).content();
            group.stop(1);
            assertThat(group.state(1).content()).as("nothing was made durable but the log").isEmpty();
            group.start(1);
            group.awaitLeader();
            group.member(1).readIndex().get(5, TimeUnit.SECONDS);
            assertThat(group.state(1).content()).isEqualTo(before);
        }
    }

    @Test
    void threeMembersReplicateAndRefuseOnFollowers() throws Exception {
        try (TestGroup group = new TestGroup(this.directory, 3, 1000)) {
            group.startAll();
            long leader = group.awaitLeader();
            CompletableFuture<?>[] all = new CompletableFuture<?>[200];
            for (int i = 0; i < all.length; i++) {
                all[i] = group.propose(leader, "k" + i, "v" + i);
            }
            CompletableFuture.allOf(all).get(10, TimeUnit.SECONDS);
            assertThat(group.state(leader).content()).hasSize(all.length);
            assertThat(group.state(leader).applyCalls).isLessThan(all.length);
            long follower = group.followers().get(0);
            assertThat(group.propose(follower, "x", "y")).failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("certain=true");
            group.member(follower).readIndex().get(5, TimeUnit.SECONDS);
            assertThat(group.state(follower).content()).isEqualTo(group.state(leader).content());
            assertThat(group.member(follower).isConfirmedLeader()).isFalse();
            assertThat(group.member(follower).status().leader()).isEqualTo(new MemberId(leader));
            assertThat(group.member(follower)
                .call(new MemberId(leader), (byte) 1, new byte[] { 7 }, 5000)
                .get(5, TimeUnit.SECONDS)).containsExactly(7);
        }
    }

    @Test
    void anotherMemberTakesOverAndTheOldLeaderCatchesUp() throws Exception {
        try (TestGroup group = new TestGroup(this.directory, 3, 1000)) {
            group.startAll();
            group.put("a", "1");
            long old = group.awaitLeader();
            group.stop(old);
            group.put("b", "2");
            assertThat(group.awaitLeader()).isNotEqualTo(old);
            group.start(old);
            group.put("c", "3");
            group.awaitEqual();
            assertThat(group.state(old).content()).containsOnlyKeys("a", "b", "c");
        }
    }

    @Test
    void allMembersStartAgainWithWhatWasAcknowledged() {
        try (TestGroup group = new TestGroup(this.directory, 3, 50)) {
            group.startAll();
            for (int i = 0; i < 180; i++) {
                group.put("k" + i, "v" + i);
            }
            for (long id = 1; id <= 3; id++) {
                group.stop(id);
            }
            group.startAll();
            group.put("last", "one");
            group.awaitEqual();
            assertThat(group.state(1).content()).hasSize(181);
            assertThat(group.state(1).installs + group.state(2).installs + group.state(3).installs)
                .as("a restart loads no image")
                .isZero();
        }
    }

    @Test
    void followerBehindCatchesUpFromTheLog() {
        try (TestGroup group = new TestGroup(this.directory, 3, 1000)) {
            group.startAll();
            group.put("first", "value");
            long behind = group.followers().get(0);
            group.stop(behind);
            for (int i = 0; i < 300; i++) {
                group.put("k" + i, "v" + i);
            }
            group.start(behind);
            group.awaitEqual();
            assertThat(group.state(behind).content()).hasSize(301);
            assertThat(group.state(behind).installs).isZero();
            assertThat(group.state(behind).applyCalls).as("entries are applied in runs").isLessThan(200);
        }
    }

    @Test
    void wipedMemberCatchesUpByImage() {
        try (TestGroup group = new TestGroup(this.directory, 3, 50)) {
            group.startAll();
            long wiped = group.followers().get(0);
            group.put("first", "value");
            group.wipe(wiped);
            for (int i = 0; i < 300; i++) {
                group.put("k" + i, "v" + i);
            }
            group.start(wiped);
            group.put("last", "one");
            group.awaitEqual();
            assertThat(group.state(wiped).content()).hasSize(302);
            assertThat(group.state(wiped).installs).isPositive();
            group.stop(wiped);
            group.start(wiped);
            group.put("again", "one");
            group.awaitEqual();
            assertThat(group.state(wiped).installs).as("a restart loads no image").isZero();
        }
    }

    @Test
    void leadershipGoesToTheTarget() throws Exception {
        try (TestGroup group = new TestGroup(this.directory, 3, 1000)) {
            group.startAll();
            group.put("a", "1");
            long leader = group.awaitLeader();
            List<Long> followers = group.followers();
            MemberId target = new MemberId(followers.get(0));
            assertThat(codeOf(group.member(followers.get(1)).transferLeadership(target))).isEqualTo(Code.NOT_LEADER);
            assertThat(codeOf(group.member(leader).transferLeadership(new MemberId(99))))
                .isEqualTo(Code.BAD_LEADER_TRANSFEREE);
            group.member(leader).transferLeadership(target).get(5, TimeUnit.SECONDS);
            Awaitility.await().until(group::leader, (id) -> id == target.value());
            group.put("b", "2");
            group.awaitEqual();
        }
    }

    @Test
    void aLeaderWithoutQuorumConfirmsNothing() {
        try (TestGroup group = new TestGroup(this.directory, 3, 1000)) {
            group.startAll();
            group.put("a", "1");
            long leader = group.awaitLeader();
            group.followers().forEach(group::stop);
            CompletableFuture<Long> pending = group.propose(leader, "pending", "1");
            Awaitility.await().until(() -> !group.member(leader).isConfirmedLeader());
            assertThat(group.member(leader).readIndex()).failsWithin(Duration.ofSeconds(5));
            assertThat(group.propose(leader, "b", "2")).failsWithin(Duration.ofSeconds(10));
            assertThat(pending).failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .as("the entry is in this member's log and may be committed later")
                .withMessageContaining("certain=false");
        }
    }

    @Test
    void aLogWithoutItsStateIsRefused() {
        try (TestGroup group = new TestGroup(this.directory, 1, 10)) {
            group.startAll();
            for (int i = 0; i < 100; i++) {
                group.put("k" + i, "v");
            }
            group.stop(1);
            RaftConfig config = group.config(1);
            assertThatExceptionOfType(java.io.IOException.class)
                .isThrownBy(() -> RaftMembers.start(config, new MapStateMachine(),
                        (from, kind, request) -> CompletableFuture.completedFuture(request), RaftEnvironment.DEFAULT))
                .withMessageContaining("durable up to")
                .withMessageContaining("let it rejoin");
        }
    }

    private static Code codeOf(CompletableFuture<Void> outcome) {
        try {
            outcome.get(5, TimeUnit.SECONDS);
        }
        catch (ExecutionException ex) {
            if (ex.getCause() instanceof KvException failure) {
                return failure.code();
            }
            throw new AssertionError("Not an answer", ex);
        }
        catch (InterruptedException | TimeoutException ex) {
            throw new AssertionError("No answer", ex);
        }
        throw new AssertionError("It worked");
    }

}
