/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

import io.kvorum.proto.etcdserverpb.LeaseGrpc;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveRequest;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveResponse;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/** Renews the leases of all sessions on one stream. Safe for any thread. */
final class LeaseRenewals {

    private final RemoteCluster cluster;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<Long, List<CompletableFuture<Long>>> pending = new HashMap<>();

    @GuardedBy("lock")
    private @Nullable StreamObserver<LeaseKeepAliveRequest> requests;

    @GuardedBy("lock")
    private @Nullable Answers answers;

    LeaseRenewals(RemoteCluster cluster) {
        this.cluster = cluster;
        cluster.onMove(this::move);
    }

    /** Starts a lease's time anew; answers its seconds, or 0 if it is gone. */
    CompletableFuture<Long> renew(long lease) {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        synchronized (this.lock) {
            List<CompletableFuture<Long>> waiting = this.pending.computeIfAbsent(lease, (id) -> new ArrayList<>());
            waiting.add(answer);
            if (waiting.size() == 1) {
                if (this.requests == null) {
                    Answers opened = new Answers();
                    this.answers = opened;
                    this.requests = LeaseGrpc.newStub(this.cluster.channel()).leaseKeepAlive(opened);
                }
                this.requests.onNext(LeaseKeepAliveRequest.newBuilder().setID(lease).build());
            }
        }
        return answer;
    }

    private boolean isCurrent(Answers candidate) {
        synchronized (this.lock) {
            return this.answers == candidate;
        }
    }

    private void answered(long lease, long seconds) {
        List<CompletableFuture<Long>> waiting;
        synchronized (this.lock) {
            waiting = this.pending.remove(lease);
        }
        if (waiting != null) {
            waiting.forEach((answer) -> answer.complete(seconds));
        }
    }

    /** The member that was asked does not answer: whoever waits asks again. */
    private void move() {
        StreamObserver<LeaseKeepAliveRequest> left;
        synchronized (this.lock) {
            left = this.requests;
        }
        KvException lost = new KvException(Code.TIMEOUT_CONNECTION_LOST);
        broken(lost);
        if (left != null) {
            left.onError(lost);
        }
    }

    private void broken(Throwable failure) {
        List<CompletableFuture<Long>> waiting = new ArrayList<>();
        synchronized (this.lock) {
            this.requests = null;
            this.answers = null;
            this.pending.values().forEach(waiting::addAll);
            this.pending.clear();
        }
        waiting.forEach((answer) -> answer.completeExceptionally(RemoteFailures.of(failure)));
    }

    /** What the cluster says on the stream. */
    private final class Answers implements StreamObserver<LeaseKeepAliveResponse> {

        @Override
        public void onNext(LeaseKeepAliveResponse response) {
            answered(response.getID(), response.getTTL());
        }

        @Override
        public void onError(Throwable failure) {
            if (isCurrent(this)) {
                broken(failure);
            }
        }

        @Override
        public void onCompleted() {
            onError(new IllegalStateException("the cluster has ended the renewals"));
        }

    }

}
