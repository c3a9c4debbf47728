/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.lease.Lease;
import io.kvorum.server.lease.LeaseDeadlines;
import io.kvorum.server.lease.LeaseTable;

/**
 * What the leader does for leases: renews them without the log, ends those that ran out,
 * records the rest of those that are not renewed. On any other member everything fails
 * with NOT_LEADER. Safe for any thread.
 */
final class LeaderLeases {

    private static final int MAX_PER_CHECKPOINT = 1000;

    private final LeaseTable table;

    private final LeaseDeadlines deadlines;

    private final BooleanSupplier confirmedLeader;

    private final Supplier<CompletableFuture<Void>> awaitCurrent;

    private final Function<Command<Result.Done>, CompletableFuture<Result.Done>> proposer;

    private final int maxRevokes;

    private final Semaphore revokes;

    private final NodeMetrics metrics;

    /** The term in which this member leads, or 0. */
    private final AtomicLong leadingTerm = new AtomicLong();

    private volatile boolean held;

    LeaderLeases(LeaseTable table, LeaseDeadlines deadlines, BooleanSupplier confirmedLeader,
            Supplier<CompletableFuture<Void>> awaitCurrent,
            Function<Command<Result.Done>, CompletableFuture<Result.Done>> proposer, NodeSettings settings,
            NodeMetrics metrics) {
        this.table = table;
        this.deadlines = deadlines;
        this.confirmedLeader = confirmedLeader;
        this.awaitCurrent = awaitCurrent;
        this.proposer = proposer;
        this.maxRevokes = settings.maxRevokesInFlight();
        this.revokes = new Semaphore(this.maxRevokes);
        this.metrics = metrics;
    }

    void promoted(long term, long extraMillis) {
        this.deadlines.promote(new ArrayList<>(this.table.all()), extraMillis);
        this.leadingTerm.set(term);
    }

    /** Clients cannot reach this member yet: until they can, no lease ends. */
    void hold() {
        this.held = true;
    }

    /** Clients can reach this member, and have some time to do so. */
    void release(long extraMillis) {
        this.deadlines.extend(new ArrayList<>(this.table.all()), extraMillis);
        this.held = false;
    }

    void demoted() {
        this.leadingTerm.set(0);
        this.deadlines.demote();
    }

    CompletableFuture<Long> keepAlive(long id) {
        if (!leads()) {
            return CompletableFuture.failedFuture(new KvException(Code.NOT_LEADER));
        }
        CompletableFuture<Long> direct = renew(id);
        // The grant may be acknowledged elsewhere and not applied here yet.
        return (direct != null) ? direct : this.awaitCurrent.get().thenCompose((done) -> {
            CompletableFuture<Long> again = leads() ? renew(id) : null;
            return (again != null) ? again : CompletableFuture.completedFuture(0L);
        });
    }

    CompletableFuture<Rest> timeToLive(long id) {
        if (!leads()) {
            return CompletableFuture.failedFuture(new KvException(Code.NOT_LEADER));
        }
        Rest rest = rest(id);
        return (rest.remainingSeconds >= 0) ? CompletableFuture.completedFuture(rest)
                : this.awaitCurrent.get().thenApply((done) -> rest(id));
    }

    /**
     * Ends leases that ran out. Only a leader that heard from its quorum does
     * (etcd#15247).
     */
    void expire() {
        if (this.held || !leads()) {
            return;
        }
        long term = this.leadingTerm.get();
        int free = this.revokes.drainPermits();
        List<Long> expired = this.deadlines.takeExpired(free);
        this.revokes.release(free - expired.size());
        boolean all = expired.size() < free;
        for (long id : expired) {
            this.proposer.apply(new Command.RevokeLease(id, term))
                .whenComplete((done, failure) -> revoked(id, failure, all));
        }
    }

    private void revoked(long id, @Nullable Throwable failure, boolean all) {
        this.revokes.release();
        if (failure != null) {
            this.deadlines.revocationFailed(id);
            return;
        }
        this.metrics.leaseExpired();
        // A crowd that ran out together does not wait for the next tick, as long as the
        // log keeps up; halves, so that a command carries many.
        if (!all && this.revokes.availablePermits() == this.maxRevokes / 2) {
            expire();
        }
    }

    /**
     * Records in the log what leases have left.
     * @param all also of those that are renewed in time: before leadership is handed over
     * @return completes when it is recorded
     */
    CompletableFuture<Void> checkpoint(boolean all) {
        if (!leads()) {
            return CompletableFuture.completedFuture(null);
        }
        List<CompletableFuture<?>> recorded = new ArrayList<>();
        Map<Long, Long> rest;
        do {
            rest = this.deadlines.checkpoints(MAX_PER_CHECKPOINT, all);
            if (!rest.isEmpty()) {
                recorded.add(this.proposer.apply(new Command.CheckpointLeases(rest)));
            }
        }
        while (rest.size() == MAX_PER_CHECKPOINT);
        return CompletableFuture.allOf(recorded.toArray(CompletableFuture[]::new));
    }

    private boolean leads() {
        return this.leadingTerm.get() != 0 && this.confirmedLeader.getAsBoolean();
    }

    private @Nullable CompletableFuture<Long> renew(long id) {
        LeaseDeadlines.Renewal renewal = this.deadlines.renew(id);
        Lease lease = this.table.find(id);
        if (renewal == LeaseDeadlines.Renewal.RENEWED || renewal == LeaseDeadlines.Renewal.RENEWED_AGAINST_RECORD) {
            this.metrics.leaseRenewed();
        }
        return switch (renewal) {
            case UNKNOWN -> null;
            case EXPIRED -> CompletableFuture.completedFuture(0L);
            case RENEWED -> CompletableFuture.completedFuture((lease != null) ? lease.ttlSeconds() : 0L);
            case RENEWED_AGAINST_RECORD -> this.proposer.apply(new Command.CheckpointLeases(Map.of(id, 0L)))
                .thenApply((done) -> (lease != null) ? lease.ttlSeconds() : 0L);
        };
    }

    private Rest rest(long id) {
        Lease lease = this.table.find(id);
        long nanos = this.deadlines.remainingNanos(id);
        return (lease == null || nanos < 0) ? new Rest(-1, 0)
                : new Rest(TimeUnit.NANOSECONDS.toSeconds(nanos), lease.ttlSeconds());
    }

    /**
     * What a lease has left.
     *
     * @param remainingSeconds whole seconds, or -1 if there is no such lease
     * @param grantedSeconds its TTL
     */
    record Rest(long remainingSeconds, long grantedSeconds) {
    }

}
