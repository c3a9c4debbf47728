/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.kvorum.acceptance.linearizability.LinearizabilityChecker;
import io.kvorum.acceptance.linearizability.RegisterOperation;

/** What all clients did and were told. Thread-safe. */
final class History {

    @GuardedBy("this")
    private final SortedMap<String, List<RegisterOperation>> registers = new TreeMap<>();

    @GuardedBy("this")
    private final SortedMap<String, String> acknowledged = new TreeMap<>();

    @GuardedBy("this")
    private long newestRevision;

    synchronized void add(String key, RegisterOperation operation) {
        this.registers.computeIfAbsent(key, (ignored) -> new ArrayList<>()).add(operation);
    }

    /** A key that was written once, and whose write was answered. */
    synchronized void acknowledge(String key, String value) {
        this.acknowledged.put(key, value);
    }

    synchronized void sawRevision(long revision) {
        this.newestRevision = Math.max(this.newestRevision, revision);
    }

    synchronized SortedMap<String, String> acknowledged() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(this.acknowledged));
    }

    synchronized long newestRevision() {
        return this.newestRevision;
    }

    synchronized int size() {
        return this.registers.values().stream().mapToInt(List::size).sum() + this.acknowledged.size();
    }

    /** The registers whose history is not linearizable, with their histories. */
    synchronized Map<String, List<RegisterOperation>> violations() {
        Map<String, List<RegisterOperation>> violations = new TreeMap<>();
        this.registers.forEach((key, operations) -> {
            if (!LinearizabilityChecker.isLinearizable(operations)) {
                violations.put(key, List.copyOf(operations));
            }
        });
        return violations;
    }

}
