/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.kvorum.server.command.AlarmType;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.etcd3.GrpcErrors;

/**
 * What can be wrong with a member. A check completes with what is wrong, or empty; it
 * never fails.
 */
final class HealthChecks {

    private static final Optional<String> FINE = Optional.empty();

    private final KvNode node;

    private final Duration timeout;

    HealthChecks(KvNode node, Duration timeout) {
        this.node = node;
        this.timeout = timeout;
    }

    /** Whether this process works at all. A failure calls for a restart. */
    Map<String, Check> livez() {
        return Map.of("serializable_read", () -> read(Consistency.SERIALIZABLE));
    }

    /** Whether this member can serve. A failure calls for patience. */
    Map<String, Check> readyz() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("data_corruption", () -> done(corruption()));
        checks.put("serializable_read", () -> read(Consistency.SERIALIZABLE));
        checks.put("linearizable_read", () -> read(Consistency.LINEARIZABLE));
        checks.put("non_learner", () -> done(learner()));
        return checks;
    }

    /**
     * The older check, which looks at the store's file, alarms, leader and a read, in
     * this order.
     * @param excluded names of alarms to overlook
     * @param serializable whether only this member counts, not the cluster
     * @return what is wrong, in etcd's words
     */
    CompletableFuture<Optional<String>> health(Set<String> excluded, boolean serializable) {
        Optional<String> damage = damage();
        if (damage.isPresent()) {
            return done(damage);
        }
        Optional<String> alarm = this.node.maintenance()
            .alarms()
            .stream()
            .map((raised) -> raised.type().name())
            .filter((name) -> !excluded.contains(name))
            .findFirst();
        if (alarm.isPresent()) {
            return done(alarm.map((name) -> "ALARM " + name));
        }
        if (!serializable && this.node.cluster().leader().equals(MemberId.NONE)) {
            return done(Optional.of("RAFT NO LEADER"));
        }
        return read(serializable ? Consistency.SERIALIZABLE : Consistency.LINEARIZABLE)
            .thenApply((failure) -> failure.map((text) -> "RANGE ERROR:" + text));
    }

    private Optional<String> damage() {
        return Optional.ofNullable(this.node.maintenance().damage()).map((text) -> "STORE DAMAGED: " + text);
    }

    private Optional<String> corruption() {
        Optional<String> damage = damage();
        if (damage.isPresent()) {
            return damage;
        }
        for (Result.Alarm alarm : this.node.maintenance().alarms()) {
            if (alarm.type() == AlarmType.CORRUPT) {
                return Optional.of("alarm activated: CORRUPT");
            }
        }
        return FINE;
    }

    private Optional<String> learner() {
        return this.node.maintenance().status().learner() ? Optional.of("not supported for learner") : FINE;
    }

    private CompletableFuture<Optional<String>> read(Consistency consistency) {
        RangeQuery query = new RangeQuery(KeyRange.ALL, 0, 1, RangeQuery.Sort.NONE, RangeQuery.RevisionFilter.NONE,
                true, false);
        return this.node.range(query, consistency)
            .orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS)
            .handle((answer, failure) -> (failure != null) ? Optional.of(text(failure)) : FINE);
    }

    private static String text(Throwable failure) {
        Throwable known = (failure instanceof TimeoutException) ? new KvException(KvException.Code.TIMEOUT) : failure;
        return Objects.toString(GrpcErrors.of(known).getStatus().getDescription(), known.toString());
    }

    private static CompletableFuture<Optional<String>> done(Optional<String> problem) {
        return CompletableFuture.completedFuture(problem);
    }

    /** One check. */
    @FunctionalInterface
    interface Check {

        /**
         * Looks whether something is wrong now.
         * @return what is wrong, or empty
         */
        CompletableFuture<Optional<String>> run();

    }

}
