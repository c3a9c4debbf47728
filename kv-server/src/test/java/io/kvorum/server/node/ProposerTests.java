/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.ManualClock;
import io.kvorum.server.common.MemberId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Numbers in names are the invariants in the header of {@link Proposer}. */
class ProposerTests {

    private static final MemberId SELF = new MemberId(1);

    private static final MemberId OTHER = new MemberId(2);

    private final ManualClock clock = new ManualClock();

    private final RecordingRouter router = new RecordingRouter();

    private final List<Runnable> overlaps = new ArrayList<>();

    private final NodeSettings settings = NodeSettings.defaults("n1", List.of(), Duration.ofSeconds(1));

    private final Proposer proposer = new Proposer(this.settings, SELF, this.clock, this.router, this.overlaps::add);

    @Test
    void aLoneCommandIsSentAtOnceAndLaterOnesShareTheNextEntry() {
        lead(1);
        put("a");
        assertThat(this.router.here).hasSize(1);
        IntStream.range(0, 10).forEach((i) -> put("c" + i));
        assertThat(this.router.here).as("a batch is on its way already").hasSize(1);
        apply(this.router.here.get(0));
        assertThat(this.router.here).hasSize(2);
        assertThat(this.router.here.get(1).proposals()).hasSize(10);
    }

    @Test
    void invariant3ASlowQuorumDoesNotHoldOthersUp() {
        lead(1);
        put("a");
        put("b");
        assertThat(this.overlaps).hasSize(1);
        this.clock.advance(this.settings.batchOverlap().dividedBy(2));
        put("c");
        assertThat(this.router.here).as("the first batch may still come back in time").hasSize(1);
        assertThat(this.overlaps).as("one look is enough").hasSize(1);
        this.clock.advance(this.settings.batchOverlap());
        this.overlaps.remove(0).run();
        assertThat(this.router.here).hasSize(2);
        assertThat(this.router.here.get(1).proposals()).hasSize(2);
        put("d");
        assertThat(this.router.here).as("the time begins again with each batch").hasSize(2);
        assertThat(this.overlaps).hasSize(1);
    }

    @Test
    void commandsWaitForALeader() {
        CompletableFuture<Result.Put> answer = put("a");
        assertThat(this.router.here).isEmpty();
        this.proposer.leaderChanged(new Leadership(OTHER, 3, SELF));
        assertThat(this.router.forwarded).isEqualTo(1);
        assertThat(answer).isNotDone();
    }

    @Test
    void invariant1WhatIsCertainlyNotInTheLogGoesToTheNextLeader() {
        lead(1);
        CompletableFuture<Result.Put> answer = put("a");
        this.router.outcomes.get(0).failed(Proposer.Outcome.Kind.NOT_PROPOSED, "not leader");
        assertThat(answer).isNotDone();
        assertThat(this.router.here).as("that leader is not asked again").hasSize(1);
        lead(2);
        assertThat(this.router.here).hasSize(2);
        apply(this.router.here.get(1));
        assertThat(answer).isCompleted();
    }

    @Test
    void invariant1WhatMayBeInTheLogIsNotProposedAgain() {
        lead(1);
        CompletableFuture<Result.Put> answer = put("a");
        this.router.outcomes.get(0).failed(Proposer.Outcome.Kind.UNKNOWN, "stepped down");
        this.proposer.leaderChanged(new Leadership(OTHER, 2, SELF));
        assertThat(this.router.here).hasSize(1);
        assertThat(this.router.forwarded).isZero();
        this.proposer.settledUpTo(2);
        assertThatThrownBy(answer::join).cause()
            .isInstanceOfSatisfying(KvException.class, (ex) -> assertThat(ex.code()).isEqualTo(Code.LEADER_CHANGED));
    }

    @Test
    void invariant2EveryProposalIsAnsweredAtItsDeadline() {
        lead(1);
        CompletableFuture<Result.Put> inFlight = put("a");
        this.proposer.leaderChanged(new Leadership(MemberId.NONE, 2, SELF));
        CompletableFuture<Result.Put> waiting = put("b");
        this.clock.advance(this.settings.requestTimeout());
        this.proposer.tick();
        assertThat(inFlight).isCompletedExceptionally();
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void invariant3BatchesOfUnknownFateDoNotHoldOthersUp() {
        lead(1);
        put("a");
        put("b");
        assertThat(this.router.here).hasSize(1);
        this.router.outcomes.get(0).failed(Proposer.Outcome.Kind.UNKNOWN, "connection lost");
        assertThat(this.router.here).hasSize(2);
    }

    @Test
    void invariant3ThereIsALimitToBatchesOfUnknownFate() {
        lead(1);
        IntStream.range(0, 70).forEach((i) -> {
            put("k" + i);
            int sent = this.router.outcomes.size();
            if (i < sent) {
                this.router.outcomes.get(i).failed(Proposer.Outcome.Kind.UNKNOWN, "connection lost");
            }
        });
        assertThat(this.router.here).hasSize(64);
        apply(this.router.here.get(0));
        assertThat(this.router.here).as("the others share the place of the one that turned up").hasSize(65);
        assertThat(this.router.here.get(64).proposals()).hasSize(6);
    }

    @Test
    void tooManyWaitingCommandsAreRefused() {
        IntStream.range(0, this.settings.maxWaitingCommands()).forEach((i) -> put("k"));
        assertThatThrownBy(put("one more")::join).cause()
            .isInstanceOfSatisfying(KvException.class, (ex) -> assertThat(ex.code()).isEqualTo(Code.TOO_MANY_REQUESTS));
    }

    @Test
    void closingAnswersEverything() {
        lead(1);
        CompletableFuture<Result.Put> inFlight = put("a");
        this.proposer.close(new KvException(Code.STOPPED));
        assertThat(inFlight).isCompletedExceptionally();
        assertThat(put("b")).isCompletedExceptionally();
    }

    private void lead(long term) {
        this.proposer.leaderChanged(new Leadership(SELF, term, SELF));
    }

    private CompletableFuture<Result.Put> put(String key) {
        return this.proposer.propose(put(Bytes.utf8(key)));
    }

    private static Command<Result.Put> put(Bytes key) {
        return new PutOperation(key, Bytes.EMPTY, 0, false, false, false);
    }

    private void apply(PendingBatch batch) {
        this.proposer.applied(batch);
        batch.proposals().forEach((proposal) -> proposal.complete(new Result.Put(2, null), null));
        this.proposer.pump();
    }

    /** Remembers what was sent where. */
    private static final class RecordingRouter implements Proposer.Router {

        private final List<PendingBatch> here = new ArrayList<>();

        private final List<Proposer.Outcome> outcomes = new ArrayList<>();

        private int forwarded;

        @Override
        public void proposeHere(Bytes entry, PendingBatch batch, Proposer.Outcome outcome) {
            this.here.add(batch);
            this.outcomes.add(outcome);
        }

        @Override
        public void forward(MemberId leader, Bytes entry, Proposer.Outcome outcome) {
            this.forwarded++;
            this.outcomes.add(outcome);
        }

    }

}
