/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * Everything in which kv-server answers differently from ZooKeeper 3.9.5 on purpose, each
 * with its reason. A difference that is not in this list fails the build.
 */
final class IntendedDifferences {

    private static final List<Entry> ENTRIES = List.of(new Entry("order of events when a session ends",
            "ZooKeeper deletes its ephemeral znodes in the order of a hash table, kv-server in that of their names",
            (step, difference) -> endsSession(step) && texts(difference.judge()).equals(texts(difference.kvorum()))));

    private IntendedDifferences() {
    }

    /** Whether one of the entries explains the difference. */
    static boolean explain(Step step, Difference difference) {
        return ENTRIES.stream().anyMatch((entry) -> entry.explains.test(step, difference));
    }

    private static boolean endsSession(Step step) {
        return step instanceof Step.Perform perform
                && perform.requests().stream().anyMatch((request) -> request.type() == Op.CLOSE_SESSION);
    }

    /** What the frames say, without zxids, in the order of the alphabet. */
    private static List<String> texts(List<Answer> answers) {
        return answers.stream()
            .map((answer) -> answer.tokens().stream().filter(Token.Text.class::isInstance).toList().toString())
            .sorted()
            .toList();
    }

    private record Entry(String what, String reason, BiPredicate<Step, Difference> explains) {
    }

}
