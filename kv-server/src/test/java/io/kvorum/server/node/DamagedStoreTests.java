/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.ManualClock;
import io.kvorum.server.common.MemberId;

import static org.assertj.core.api.Assertions.assertThat;

class DamagedStoreTests {

    private static final MemberId ONE = new MemberId(1);

    private static final MemberId TWO = new MemberId(2);

    private final ManualClock clock = new ManualClock();

    private final List<MemberId> asked = new ArrayList<>();

    private CompletableFuture<Void> answer = new CompletableFuture<>();

    private @Nullable String damage = "the file is damaged";

    private final DamagedStore store = withOthers(List.of(ONE, TWO));

    @Test
    void asksOneMemberAfterTheOtherToTakeOver() {
        this.store.tick(true);
        this.store.tick(true);
        assertThat(this.asked).containsExactly(ONE);
        this.answer.completeExceptionally(new IllegalStateException("it lags behind"));
        this.answer = new CompletableFuture<>();
        this.store.tick(true);
        assertThat(this.asked).describedAs("not at once").containsExactly(ONE);
        this.clock.advance(Duration.ofNanos(100));
        this.store.tick(true);
        assertThat(this.asked).containsExactly(ONE, TWO);
    }

    @Test
    void keepsTheLeadershipWhileTheStoreIsFine() {
        this.damage = null;
        this.store.tick(true);
        assertThat(this.asked).isEmpty();
    }

    @Test
    void hasNothingToHandOverAsAFollowerOrAlone() {
        this.store.tick(false);
        withOthers(List.of()).tick(true);
        assertThat(this.asked).isEmpty();
    }

    @Test
    void refusesWithTheFileRatherThanWithWhatFollowedFromIt() {
        assertThat(this.store.refusal("the state machine failed")).hasMessage("the file is damaged")
            .extracting("code")
            .isEqualTo(Code.CORRUPT);
        assertThat(this.store.refusalToCatchUp("the state machine failed")).hasMessage("the file is damaged");
        assertThat(this.store.refusalToCatchUp(null)).describedAs("it applies on").isNull();
        assertThat(withOthers(List.of()).refusalToCatchUp("the state machine failed")).isNull();
        this.damage = null;
        assertThat(this.store.refusal("the disk is full")).hasMessage("the disk is full")
            .extracting("code")
            .isEqualTo(Code.NO_SPACE);
    }

    private DamagedStore withOthers(List<MemberId> others) {
        return new DamagedStore(() -> this.damage, others, (target) -> {
            this.asked.add(target);
            return this.answer;
        }, this.clock, 100);
    }

}
