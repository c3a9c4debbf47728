/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.util.List;
import java.util.Optional;

/** Runs a program on both servers, step by step, and finds the first difference. */
final class Comparison {

    private final Subject judge;

    private final Subject kvorum;

    private int programs;

    Comparison(Subject judge, Subject kvorum) {
        this.judge = judge;
        this.kvorum = kvorum;
    }

    Optional<Difference> run(List<Step> program) {
        String base = "/d%06d".formatted(++this.programs);
        this.judge.reset(base);
        this.kvorum.reset(base);
        ZxidMap zxids = new ZxidMap();
        for (int i = 0; i < program.size(); i++) {
            Step step = program.get(i);
            List<List<Answer>> expected = this.judge.perform(step);
            List<List<Answer>> actual = this.kvorum.perform(step);
            for (int seat = 0; seat < Subject.SEATS; seat++) {
                Difference difference = new Difference(i, step + "; to session " + seat, expected.get(seat),
                        actual.get(seat));
                if (!agree(expected.get(seat), actual.get(seat), zxids)
                        && !IntendedDifferences.explain(step, difference)) {
                    return Optional.of(difference);
                }
            }
            if (this.judge.seat(step.session()).isConnected() != this.kvorum.seat(step.session()).isConnected()) {
                // An intended difference has closed one of them.
                this.judge.seat(step.session()).disconnect();
                this.kvorum.seat(step.session()).disconnect();
            }
        }
        return Optional.empty();
    }

    private static boolean agree(List<Answer> expected, List<Answer> actual, ZxidMap zxids) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).agrees(actual.get(i), zxids)) {
                return false;
            }
        }
        return true;
    }

}
