/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

import io.kvorum.proto.etcdserverpb.LeaseGrantRequest;
import io.kvorum.proto.etcdserverpb.LeaseGrpc;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveRequest;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveResponse;
import io.kvorum.proto.etcdserverpb.LeaseRevokeRequest;

/**
 * A lease and the timer that renews it. Safe for any thread.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>It is alive only until the time to live, less the margin, has passed since the last
 * answered renewal was sent.</li>
 * <li>It ends once.</li>
 * </ol>
 */
final class LeaseSession implements Session {

    /** Renewed this many times in its life. */
    private static final int RENEWALS = 3;

    private static final long RETRY_MILLIS = 250;

    private final Cluster cluster;

    private final long lease;

    private final long trustNanos;

    private final long pauseNanos;

    private final CompletableFuture<End> ended = new CompletableFuture<>();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private Ticker.@Nullable Pending deadline;

    private volatile long trustedUntilNanos;

    private LeaseSession(Cluster cluster, long lease, SessionSettings settings, long grantedNanos) {
        this.cluster = cluster;
        this.lease = lease;
        this.trustNanos = settings.ttl().minus(settings.safetyMargin()).toNanos();
        this.pauseNanos = settings.ttl().toNanos() / RENEWALS;
        renewed(grantedNanos);
        later(this.pauseNanos);
    }

    static CompletableFuture<Session> open(Cluster cluster, SessionSettings settings) {
        long sent = cluster.ticker().nanoTime();
        LeaseGrantRequest request = LeaseGrantRequest.newBuilder().setTTL(settings.ttl().toSeconds()).build();
        // Granted twice is granted: a lease that nobody knows of runs out.
        return cluster.ask(LeaseGrpc.getLeaseGrantMethod(), request)
            .thenApply((answer) -> new LeaseSession(cluster, answer.getID(), settings, sent));
    }

    @Override
    public long lease() {
        return this.lease;
    }

    @Override
    public boolean isAlive() {
        return !this.ended.isDone() && this.trustedUntilNanos - this.cluster.ticker().nanoTime() > 0;
    }

    @Override
    public CompletionStage<End> ended() {
        return this.ended;
    }

    @Override
    public void close() {
        if (end(End.CLOSED)) {
            CompletableFuture<?> unused = this.cluster.ask(LeaseGrpc.getLeaseRevokeMethod(),
                    LeaseRevokeRequest.newBuilder().setID(this.lease).build());
        }
    }

    private void renewed(long sentNanos) {
        long until = sentNanos + this.trustNanos;
        this.trustedUntilNanos = until;
        synchronized (this.lock) {
            if (this.deadline != null) {
                this.deadline.cancel();
            }
            this.deadline = this.cluster.ticker()
                .after(Math.max(0, until - this.cluster.ticker().nanoTime()), TimeUnit.NANOSECONDS, this::tooLate);
        }
    }

    private void tooLate() {
        if (this.trustedUntilNanos - this.cluster.ticker().nanoTime() <= 0) {
            boolean unused = end(End.NOT_RENEWED);
        }
    }

    private void later(long nanos) {
        Ticker.Pending unused = this.cluster.ticker().after(nanos, TimeUnit.NANOSECONDS, this::renew);
    }

    private void renew() {
        if (this.ended.isDone()) {
            return;
        }
        Renewal renewal = new Renewal(this.cluster.ticker().nanoTime());
        Ticker.Pending patience = this.cluster.ticker()
            .after(this.pauseNanos, TimeUnit.NANOSECONDS, renewal::unanswered);
        this.cluster.open(LeaseGrpc.getLeaseKeepAliveMethod(), renewal).whenComplete((requests, failure) -> {
            if (failure != null) {
                renewal.unanswered();
            }
            else {
                requests.onNext(LeaseKeepAliveRequest.newBuilder().setID(this.lease).build());
                requests.onCompleted();
            }
        });
        renewal.done.whenComplete((ttl, failure) -> {
            patience.cancel();
            if (failure != null) {
                later(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
            }
            else if (ttl <= 0) {
                boolean unused = end(End.REVOKED);
            }
            else if (!this.ended.isDone()) {
                renewed(renewal.sentNanos);
                later(this.pauseNanos);
            }
        });
    }

    private boolean end(End why) {
        synchronized (this.lock) {
            if (this.deadline != null) {
                this.deadline.cancel();
            }
        }
        return this.ended.complete(why);
    }

    /** One renewal, at one member. */
    private static final class Renewal implements StreamObserver<LeaseKeepAliveResponse> {

        private final long sentNanos;

        private final CompletableFuture<Long> done = new CompletableFuture<>();

        Renewal(long sentNanos) {
            this.sentNanos = sentNanos;
        }

        void unanswered() {
            this.done.completeExceptionally(
                    new KvException(KvException.Code.TIMEOUT, "a renewal of a session was not answered", null));
        }

        @Override
        public void onNext(LeaseKeepAliveResponse answer) {
            this.done.complete(answer.getTTL());
        }

        @Override
        public void onError(Throwable failure) {
            this.done.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            unanswered();
        }

    }

}
