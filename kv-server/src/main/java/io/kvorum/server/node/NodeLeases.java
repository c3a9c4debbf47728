/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Clock;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.lease.Lease;
import io.kvorum.server.lease.LeaseDeadlines;
import io.kvorum.server.lease.LeaseTable;
import io.kvorum.server.store.KvStore;

/**
 * Leases for the front ends of any member: grants and revokes through the log, asks the
 * leader for the rest.
 */
final class NodeLeases implements Leases {

    /** etcd's bound, about 285 years. */
    private static final long MAX_TTL_SECONDS = 9_000_000_000L;

    private final Parts parts;

    private final NodeSettings settings;

    private final Clock clock;

    private final LongSupplier newIds;

    /**
     * What leases are made of.
     *
     * @param node puts commands through the log
     * @param table the leases
     * @param deadlines their deadlines, if this member leads
     * @param store which keys they own
     * @param leader leases as the leader knows them
     * @param peers the way to the leader
     * @param leadership who that is
     * @param later runs what must be tried again after a moment
     */
    record Parts(KvNode node, LeaseTable table, LeaseDeadlines deadlines, KvStore store, LeaderLeases leader,
            PeerRequests peers, Supplier<Leadership> leadership, Executor later) {
    }

    NodeLeases(Parts parts, NodeSettings settings, Clock clock, LongSupplier newIds) {
        this.parts = parts;
        this.settings = settings;
        this.clock = clock;
        this.newIds = newIds;
    }

    @Override
    public CompletableFuture<Result.LeaseGranted> grant(long id, long ttlSeconds) {
        if (ttlSeconds > MAX_TTL_SECONDS) {
            return CompletableFuture.failedFuture(new KvException(Code.LEASE_TTL_TOO_LARGE));
        }
        long ttl = Math.max(ttlSeconds, this.settings.minLeaseTtlSeconds());
        if (id != 0) {
            return this.parts.node.propose(new Command.GrantLease(id, ttl));
        }
        // etcd: ids that the server picks are positive.
        long picked = this.newIds.getAsLong() & Long.MAX_VALUE;
        return this.parts.node.propose(new Command.GrantLease((picked != 0) ? picked : 1, ttl));
    }

    @Override
    public CompletableFuture<Result.Done> revoke(long id) {
        return this.parts.node.propose(new Command.RevokeLease(id, 0));
    }

    @Override
    public CompletableFuture<Long> keepAlive(long id) {
        return atLeader((leader) -> leader.keepAlive(id), (peers, leader) -> peers.keepAlive(leader, id));
    }

    @Override
    public CompletableFuture<TimeToLive> timeToLive(long id, boolean withKeys) {
        return atLeader((leader) -> leader.timeToLive(id), (peers, leader) -> peers.timeToLive(leader, id))
            .thenApply((rest) -> {
                boolean listKeys = withKeys && rest.remainingSeconds() >= 0;
                List<Bytes> keys = listKeys ? this.parts.store.view().keysOfLease(id) : List.of();
                return new TimeToLive(id, rest.remainingSeconds(), rest.grantedSeconds(), keys);
            });
    }

    @Override
    public CompletableFuture<List<Long>> list() {
        Comparator<Lease> byDeadline = Comparator
            .comparingLong((lease) -> this.parts.deadlines.remainingNanos(lease.id()));
        return CompletableFuture.completedFuture(this.parts.table.all()
            .stream()
            .sorted(byDeadline.thenComparingLong(Lease::id))
            .map(Lease::id)
            .toList());
    }

    private <T> CompletableFuture<T> atLeader(Function<LeaderLeases, CompletableFuture<T>> here,
            BiFunction<PeerRequests, MemberId, CompletableFuture<T>> there) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        long deadline = this.clock.nanoTime() + this.settings.requestTimeout().toNanos();
        tryAtLeader(answer, deadline, here, there);
        return answer;
    }

    private <T> void tryAtLeader(CompletableFuture<T> answer, long deadline,
            Function<LeaderLeases, CompletableFuture<T>> here,
            BiFunction<PeerRequests, MemberId, CompletableFuture<T>> there) {
        Leadership now = this.parts.leadership.get();
        if (!now.isKnown()) {
            again(answer, deadline, here, there);
            return;
        }
        CompletableFuture<T> attempt = now.isSelf() ? here.apply(this.parts.leader)
                : there.apply(this.parts.peers, now.leader());
        attempt.whenComplete(
                (result, failure) -> finish(answer, result, failure, () -> again(answer, deadline, here, there)));
    }

    private static <T> void finish(CompletableFuture<T> answer, T result, @Nullable Throwable failure, Runnable again) {
        if (failure == null) {
            answer.complete(result);
        }
        else if (PeerRequests.unwrap(failure) instanceof KvException ex && ex.code() != Code.NOT_LEADER) {
            answer.completeExceptionally(ex);
        }
        else {
            again.run();
        }
    }

    private <T> void again(CompletableFuture<T> answer, long deadline,
            Function<LeaderLeases, CompletableFuture<T>> here,
            BiFunction<PeerRequests, MemberId, CompletableFuture<T>> there) {
        if (deadline - this.clock.nanoTime() <= 0) {
            answer.completeExceptionally(new KvException(Code.TIMEOUT));
        }
        else {
            this.parts.later.execute(() -> tryAtLeader(answer, deadline, here, there));
        }
    }

}
