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

    private static final List<Entry> ENTRIES = List.of();

    private IntendedDifferences() {
    }

    /** Whether one of the entries explains the difference. */
    static boolean explain(Step step, Difference difference) {
        return ENTRIES.stream().anyMatch((entry) -> entry.explains.test(step, difference));
    }

    private record Entry(String what, String reason, BiPredicate<Step, Difference> explains) {
    }

}
