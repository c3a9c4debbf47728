/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.kvorum.server.common.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

/** etcd's pace: protocol rules C5 and C6. */
class AutoCompactionTests {

    private final ManualClock clock = new ManualClock();

    private final AtomicLong revision = new AtomicLong(1);

    private final List<Long> compacted = new ArrayList<>();

    @Test
    void byAgeTheFirstCompactionComesAfterAFullPeriod() {
        AutoCompaction compaction = of(new Retention(Retention.Mode.PERIODIC, 0, Duration.ofMinutes(10)));
        run(compaction, Duration.ofMinutes(9), true);
        assertThat(this.compacted).isEmpty();
        run(compaction, Duration.ofMinutes(1), true);
        assertThat(this.compacted).hasSize(1);
        // One revision a second: what is kept is at least ten minutes and at most one
        // sample more.
        assertThat(this.revision.get() - this.compacted.get(0)).isBetween(600L, 661L);
        run(compaction, Duration.ofMinutes(10), true);
        assertThat(this.compacted).hasSize(2);
    }

    @Test
    void longPeriodsAreCompactedEveryHour() {
        AutoCompaction compaction = of(new Retention(Retention.Mode.PERIODIC, 0, Duration.ofHours(3)));
        run(compaction, Duration.ofHours(3), true);
        assertThat(this.compacted).hasSize(1);
        run(compaction, Duration.ofHours(2), true);
        assertThat(this.compacted).hasSize(3);
    }

    @Test
    void byNumberEveryFiveMinutes() {
        AutoCompaction compaction = of(new Retention(Retention.Mode.REVISION, 100, Duration.ZERO));
        run(compaction, Duration.ofMinutes(5), true);
        assertThat(this.compacted).containsExactly(this.revision.get() - 100);
    }

    @Test
    void onlyTheLeaderProposesButEveryMemberKnowsThePast() {
        AutoCompaction compaction = of(new Retention(Retention.Mode.PERIODIC, 0, Duration.ofMinutes(10)));
        run(compaction, Duration.ofMinutes(15), false);
        assertThat(this.compacted).isEmpty();
        run(compaction, Duration.ofMinutes(5), true);
        assertThat(this.compacted).hasSize(1);
    }

    private AutoCompaction of(Retention retention) {
        return new AutoCompaction(retention, this.clock, this.revision::get, this.compacted::add);
    }

    private void run(AutoCompaction compaction, Duration time, boolean leading) {
        for (long second = 0; second < time.toSeconds(); second++) {
            this.clock.advance(Duration.ofSeconds(1));
            this.revision.incrementAndGet();
            compaction.tick(leading);
        }
    }

}
