/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static io.kvorum.acceptance.linearizability.RegisterOperation.UNKNOWN;
import static io.kvorum.acceptance.linearizability.RegisterOperation.read;
import static io.kvorum.acceptance.linearizability.RegisterOperation.swap;
import static io.kvorum.acceptance.linearizability.RegisterOperation.write;
import static org.assertj.core.api.Assertions.assertThat;

/** The judge is judged: known good and known bad histories. */
class LinearizabilityCheckerTests {

    @Test
    void acceptsAnEmptyHistoryAndAnEmptyRegister() {
        accepts();
        accepts(read(null, 1, 2));
    }

    @Test
    void acceptsOperationsOneAfterTheOther() {
        accepts(write("a", 1, 2), read("a", 3, 4), swap("a", "b", 5, 6), read("b", 7, 8));
    }

    @Test
    void refusesAStaleRead() {
        refuses(write("a", 1, 2), write("b", 3, 4), read("a", 5, 6));
        refuses(write("a", 1, 2), read(null, 3, 4));
    }

    @Test
    void refusesAValueFromNowhere() {
        refuses(write("a", 1, 2), read("z", 3, 4));
    }

    @Test
    void acceptsBothOutcomesOfConcurrentWrites() {
        accepts(write("a", 1, 10), write("b", 2, 9), read("a", 11, 12));
        accepts(write("a", 1, 10), write("b", 2, 9), read("b", 11, 12));
    }

    @Test
    void refusesReadersThatDisagreeOnTheOrder() {
        refuses(write("a", 1, 10), write("b", 2, 9), read("a", 11, 12), read("b", 13, 14));
        refuses(write("a", 1, 2), write("b", 3, 20), read("b", 4, 5), read("a", 6, 7));
    }

    @Test
    void refusesALostUpdate() {
        refuses(write("a", 1, 2), swap("a", "b", 3, 10), swap("a", "c", 4, 9));
    }

    @Test
    void letsAnUnansweredWriteHappenLateOrNever() {
        accepts(write("a", 1, 2), write("b", 3, UNKNOWN), read("a", 4, 5), read("b", 6, 7));
        accepts(write("a", 1, 2), write("b", 3, UNKNOWN), read("a", 4, 5), read("a", 6, 7));
        accepts(write("a", 1, 2), swap("a", "b", 3, UNKNOWN), read("b", 4, 5));
    }

    @Test
    void letsAnUnansweredWriteHappenOnlyOnceAndOnlyAfterItsCall() {
        refuses(write("a", 1, 2), write("b", 3, UNKNOWN), read("b", 4, 5), read("a", 6, 7));
        refuses(write("a", 1, 2), read("b", 3, 4), write("b", 5, UNKNOWN));
        refuses(write("a", 1, 2), swap("x", "b", 3, UNKNOWN), read("b", 4, 5));
    }

    @Test
    void decidesLongHistoriesOfARealRegisterAndFindsOneWrongRead() {
        for (long seed = 1; seed <= 20; seed++) {
            List<RegisterOperation> history = simulate(seed);
            assertThat(LinearizabilityChecker.isLinearizable(history)).as("seed %d", seed).isTrue();
            history.add(read("never written", 10_000_000, 10_000_001));
            assertThat(LinearizabilityChecker.isLinearizable(history)).as("seed %d", seed).isFalse();
        }
    }

    /**
     * Each operation takes effect at an instant of its own and is seen to last some time
     * around it.
     */
    private static List<RegisterOperation> simulate(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RegisterOperation> history = new ArrayList<>();
        String value = "start";
        history.add(write(value, 0, 1));
        for (int i = 1; i < 400; i++) {
            long instant = i * 100L;
            long invoked = instant - random.nextInt(250);
            long returned = instant + 1 + random.nextInt(250);
            String next = "v" + i;
            switch (random.nextInt(5)) {
                case 0, 1 -> history.add(read(value, Math.max(2, invoked), returned));
                case 2 -> {
                    history.add(swap(value, next, Math.max(2, invoked), returned));
                    value = next;
                }
                default -> {
                    boolean answered = random.nextInt(20) > 0;
                    if (answered || random.nextBoolean()) {
                        value = next;
                    }
                    history.add(write(next, Math.max(2, invoked), answered ? returned : UNKNOWN));
                }
            }
        }
        return history;
    }

    private static void accepts(RegisterOperation... history) {
        assertThat(LinearizabilityChecker.isLinearizable(List.of(history))).isTrue();
    }

    private static void refuses(RegisterOperation... history) {
        assertThat(LinearizabilityChecker.isLinearizable(List.of(history))).isFalse();
    }

}
