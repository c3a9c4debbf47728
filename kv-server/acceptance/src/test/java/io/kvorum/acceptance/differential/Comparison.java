/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.kvorum.proto.etcdserverpb.CompactionRequest;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Runs a program on both servers, step by step, and finds the first difference. */
final class Comparison {

    private static final Duration WATCH_TIMEOUT = Duration.ofSeconds(4);

    /**
     * Longer than etcd's catch-up loop of 100 ms: a watcher in the past is then no longer
     * in the past.
     */
    private static final Duration CATCH_UP = Duration.ofMillis(250);

    private final Subject etcd;

    private final Subject kvorum;

    private boolean watchersInThePast;

    Comparison(Subject etcd, Subject kvorum) {
        this.etcd = etcd;
        this.kvorum = kvorum;
    }

    Optional<Difference> run(List<Operation> program) {
        this.etcd.reset();
        this.kvorum.reset();
        this.watchersInThePast = false;
        for (int i = 0; i < program.size(); i++) {
            Operation operation = program.get(i);
            if (changesWhatWatchersSee(operation)) {
                Optional<Difference> inWatches = compareWatches(i, operation);
                if (inWatches.isPresent()) {
                    return inWatches;
                }
            }
            if (operation instanceof Operation.CancelWatch cancel && !bothWatch(cancel.watchId())) {
                continue;
            }
            String judge = this.etcd.perform(operation);
            String answer = this.kvorum.perform(operation);
            if (!judge.equals(answer)) {
                Difference difference = new Difference(i, operation.toString(), List.of(judge), List.of(answer));
                if (!IntendedDifferences.explain(operation, difference)) {
                    return Optional.of(difference);
                }
            }
            this.watchersInThePast |= operation instanceof Operation.OpenWatch watch
                    && watch.request().getStartRevision() != 0;
        }
        return compareWatches(program.size(), new Operation.CancelWatch(-1));
    }

    /**
     * A compaction cancels watchers that are behind, and a cancelled watcher gets no
     * more: both must be up to date.
     */
    private static boolean changesWhatWatchersSee(Operation operation) {
        return operation instanceof Operation.CancelWatch
                || (operation instanceof Operation.Call call && call.request() instanceof CompactionRequest);
    }

    /**
     * An unknown watcher is ignored without an answer, and one that ended already has no
     * second end.
     */
    private boolean bothWatch(long watchId) {
        return isAlive(this.etcd, watchId) && isAlive(this.kvorum, watchId);
    }

    private static boolean isAlive(Subject subject, long watchId) {
        return subject.hasWatch(watchId) && subject.deliveries()
            .getOrDefault(watchId, List.of())
            .stream()
            .noneMatch((line) -> line.startsWith("canceled"));
    }

    private Optional<Difference> compareWatches(int step, Operation operation) {
        if (!this.etcd.hasWatches()) {
            return Optional.empty();
        }
        this.etcd.flushWatches();
        this.kvorum.flushWatches();
        if (this.watchersInThePast) {
            Awaitility.await().pollDelay(CATCH_UP).until(() -> true);
            this.watchersInThePast = false;
        }
        try {
            Awaitility.await()
                .atMost(WATCH_TIMEOUT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> firstDifference(step, operation).isEmpty());
        }
        catch (ConditionTimeoutException ex) {
            return firstDifference(step, operation);
        }
        List<String> broken = this.kvorum.brokenGuarantees();
        return broken.isEmpty() ? Optional.empty()
                : Optional.of(new Difference(step, "watch guarantees", this.etcd.brokenGuarantees(), broken));
    }

    private Optional<Difference> firstDifference(int step, Operation operation) {
        Map<Long, List<String>> judge = this.etcd.deliveries();
        Map<Long, List<String>> answer = this.kvorum.deliveries();
        Set<Long> ids = new TreeSet<>(judge.keySet());
        ids.addAll(answer.keySet());
        for (long id : ids) {
            List<String> expected = judge.getOrDefault(id, List.of());
            List<String> actual = answer.getOrDefault(id, List.of());
            if (!expected.equals(actual)) {
                Difference difference = new Difference(step, "watcher " + id, expected, actual);
                if (!IntendedDifferences.explain(operation, difference)) {
                    return Optional.of(difference);
                }
            }
        }
        return Optional.empty();
    }

}
