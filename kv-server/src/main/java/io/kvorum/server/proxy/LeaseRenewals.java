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

/** Renews the leases of all sessions on one stream. Safe for any thread. */
final class LeaseRenewals {

    private final RemoteCluster cluster;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<Long, List<CompletableFuture<Long>>> pending = new HashMap<>();

    @GuardedBy("lock")
    private @Nullable StreamObserver<LeaseKeepAliveRequest> requests;

    LeaseRenewals(RemoteCluster cluster) {
        this.cluster = cluster;
    }

    /** Starts a lease's time anew; answers its seconds, or 0 if it is gone. */
    CompletableFuture<Long> renew(long lease) {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        synchronized (this.lock) {
            List<CompletableFuture<Long>> waiting = this.pending.computeIfAbsent(lease, (id) -> new ArrayList<>());
            waiting.add(answer);
            if (waiting.size() == 1) {
                if (this.requests == null) {
                    this.requests = LeaseGrpc.newStub(this.cluster.channel()).leaseKeepAlive(new Answers());
                }
                this.requests.onNext(LeaseKeepAliveRequest.newBuilder().setID(lease).build());
            }
        }
        return answer;
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

    private void broken(Throwable failure) {
        List<CompletableFuture<Long>> waiting = new ArrayList<>();
        synchronized (this.lock) {
            this.requests = null;
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
            broken(failure);
        }

        @Override
        public void onCompleted() {
            broken(new IllegalStateException("the cluster has ended the renewals"));
        }

    }

}
