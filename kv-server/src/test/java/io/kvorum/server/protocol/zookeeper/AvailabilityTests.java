/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.ManualClock;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Cluster;
import io.kvorum.server.protocol.zookeeper.admin.Source;

import static org.assertj.core.api.Assertions.assertThat;

class AvailabilityTests {

    private static final Duration TICK = ZookeeperSettings.DEFAULTS.tick();

    private final ManualClock clock = new ManualClock();

    private boolean serving = true;

    private int changes;

    private final Availability availability = new Availability(new Reachable(), ZookeeperSettings.DEFAULTS, this.clock,
            () -> this.changes++);

    @Test
    void aMemberWithALeaderIsNotCutOff() {
        pass(Duration.ofHours(1));
        assertThat(this.availability.isReadOnly()).isFalse();
        assertThat(this.changes).isZero();
    }

    @Test
    void anElectionThatIsOverSoonChangesNothing() {
        for (int i = 0; i < 10; i++) {
            this.serving = false;
            pass(Duration.ZERO);
            pass(TICK.minusMillis(1));
            this.serving = true;
            pass(TICK);
        }
        assertThat(this.availability.isReadOnly()).isFalse();
        assertThat(this.changes).isZero();
    }

    @Test
    void afterATickWithoutALeaderOnlyReadingIsLeftUntilThereIsOneAgain() {
        this.serving = false;
        pass(Duration.ZERO);
        pass(TICK);
        assertThat(this.availability.isReadOnly()).isTrue();
        assertThat(this.changes).isEqualTo(1);
        pass(TICK.multipliedBy(10));
        assertThat(this.changes).isEqualTo(1);
        this.serving = true;
        pass(Duration.ofMillis(1));
        assertThat(this.availability.isReadOnly()).isFalse();
        assertThat(this.changes).isEqualTo(2);
    }

    private void pass(Duration time) {
        this.clock.advance(time);
        this.availability.check();
    }

    /** A cluster of which only matters whether it has a leader. */
    private final class Reachable implements Source {

        @Override
        public boolean isServing() {
            return AvailabilityTests.this.serving;
        }

        @Override
        public long revision() {
            return 1;
        }

        @Override
        public CompletableFuture<Result.Range> range(RangeQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<List<Cluster.Member>> members() {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public MemberId self() {
            return MemberId.NONE;
        }

        @Override
        public MemberId leader() {
            return MemberId.NONE;
        }

        @Override
        public CompletableFuture<Long> remainingSeconds(long session) {
            throw new UnsupportedOperationException();
        }

    }

}
