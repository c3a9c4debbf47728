/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.time.Duration;

import io.kvorum.server.common.Clock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WarningsTests {

    private final ManualClock clock = new ManualClock();

    private final Warnings warnings = new Warnings(this.clock);

    @Test
    void oneWarningPerSubjectAndMinute() {
        assertThat(this.warnings.due("a")).isTrue();
        assertThat(this.warnings.due("a")).isFalse();
        assertThat(this.warnings.due("b")).isTrue();
        this.clock.advance(Duration.ofSeconds(59));
        assertThat(this.warnings.due("a")).isFalse();
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.warnings.due("a")).isTrue();
        assertThat(this.warnings.due("a")).isFalse();
    }

    @Test
    void remembersOnlySoManySubjects() {
        for (int i = 0; i < 300; i++) {
            assertThat(this.warnings.due("subject-" + i)).isTrue();
        }
        assertThat(this.warnings.due("subject-299")).isFalse();
        assertThat(this.warnings.due("subject-0")).isTrue();
    }

    /** Stands still until it is told to move. */
    private static final class ManualClock implements Clock {

        private long nanos;

        void advance(Duration time) {
            this.nanos += time.toNanos();
        }

        @Override
        public long nanoTime() {
            return this.nanos;
        }

        @Override
        public long currentTimeMillis() {
            return this.nanos / 1_000_000;
        }

    }

}
