/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the two servers did not agree.
 *
 * @param step number of the step in the program, from 0
 * @param what the step, and the client that got something else
 * @param judge what ZooKeeper sent to it
 * @param kvorum what the other server sent to it
 */
record Difference(int step, String what, List<Answer> judge, List<Answer> kvorum) {

    Difference {
        judge = List.copyOf(judge);
        kvorum = List.copyOf(kvorum);
    }

    @Override
    public String toString() {
        return "step " + this.step + ": " + this.what + "\n  zookeeper: " + lines(this.judge) + "\n  kvorum:    "
                + lines(this.kvorum);
    }

    private static String lines(List<Answer> answers) {
        return answers.isEmpty() ? "nothing"
                : answers.stream().map(Answer::toString).collect(Collectors.joining("\n             "));
    }

}
