/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.LeaseGrantRequest;
import io.kvorum.proto.etcdserverpb.LeaseGrantResponse;
import io.kvorum.proto.etcdserverpb.LeaseGrpc;
import io.kvorum.proto.etcdserverpb.LeaseRevokeRequest;
import io.kvorum.proto.etcdserverpb.LeaseRevokeResponse;
import io.kvorum.proto.etcdserverpb.MaintenanceGrpc;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.StatusRequest;
import io.kvorum.proto.etcdserverpb.StatusResponse;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.TxnResponse;

/**
 * The cluster behind the proxy. Everything goes to one member, so that changes are heard
 * of soon after their calls; to the next one when that fails, stands still or knows no
 * leader. Safe for any thread.
 */
final class RemoteCluster implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(RemoteCluster.class);

    private static final int MAX_ANSWER_BYTES = 256 * 1024 * 1024;

    private static final long PROBE_MILLIS = 500;

    private static final long PROBE_TIMEOUT_MILLIS = 1500;

    private final List<String> endpoints;

    private final List<ManagedChannel> channels;

    private final long timeoutMillis;

    private final ScheduledExecutorService later;

    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    private final AtomicInteger current = new AtomicInteger();

    private volatile boolean closed;

    RemoteCluster(ProxySettings settings, ScheduledExecutorService later) {
        this.endpoints = settings.endpoints();
        this.channels = this.endpoints.stream().map(RemoteCluster::connect).toList();
        this.timeoutMillis = settings.requestTimeout().toMillis();
        this.later = later;
    }

    /** Begins to look after the member that is used. */
    void start() {
        this.later.schedule(this::probe, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Has somebody told, on any thread, that another member is used from now on. */
    void onMove(Runnable follower) {
        this.followers.add(follower);
    }

    CompletableFuture<RangeResponse> range(RangeRequest request) {
        return call(KVGrpc.getRangeMethod(), request, this.timeoutMillis);
    }

    CompletableFuture<TxnResponse> txn(TxnRequest request) {
        return call(KVGrpc.getTxnMethod(), request, this.timeoutMillis);
    }

    CompletableFuture<LeaseGrantResponse> grant(long id, long ttlSeconds) {
        return call(LeaseGrpc.getLeaseGrantMethod(),
                LeaseGrantRequest.newBuilder().setID(id).setTTL(ttlSeconds).build(), this.timeoutMillis);
    }

    CompletableFuture<LeaseRevokeResponse> revoke(long id) {
        return call(LeaseGrpc.getLeaseRevokeMethod(), LeaseRevokeRequest.newBuilder().setID(id).build(),
                this.timeoutMillis);
    }

    /** Returns the way to the member that is used. */
    Channel channel() {
        return this.channels.get(this.current.get());
    }

    @Override
    public void close() {
        this.closed = true;
        this.channels.forEach(ManagedChannel::shutdownNow);
    }

    private void probe() {
        int used = this.current.get();
        CompletableFuture<StatusResponse> status = call(MaintenanceGrpc.getStatusMethod(),
                StatusRequest.getDefaultInstance(), PROBE_TIMEOUT_MILLIS);
        status.whenComplete((answer, failure) -> {
            if (failure == null && answer.getLeader() == 0) {
                moveFrom(used, "it knows no leader");
            }
            if (!this.closed) {
                this.later.schedule(this::probe, PROBE_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    private <Q, A> CompletableFuture<A> call(MethodDescriptor<Q, A> method, Q request, long millis) {
        int used = this.current.get();
        CompletableFuture<A> answer = new CompletableFuture<>();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
        ClientCalls.asyncUnaryCall(this.channels.get(used).newCall(method, options), request,
                new Answer<>(this, used, answer));
        return answer;
    }

    private void failed(int used, Throwable failure) {
        Status status = Status.fromThrowable(failure);
        if (status.getCode() == Status.Code.UNAVAILABLE || status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            moveFrom(used, status.getCode().name());
        }
    }

    private void moveFrom(int used, String reason) {
        int next = (used + 1) % this.channels.size();
        if (this.closed || !this.current.compareAndSet(used, next)) {
            return;
        }
        // It may be long since it was tried the last time.
        this.channels.get(next).resetConnectBackoff();
        if (next != used) {
            logger.info("proxy.endpoint-left endpoint={} reason=\"{}\" next={}", this.endpoints.get(used), reason,
                    this.endpoints.get(next));
            this.followers.forEach(Runnable::run);
        }
    }

    private static ManagedChannel connect(String endpoint) {
        return NettyChannelBuilder.forTarget("dns:///" + endpoint)
            .usePlaintext()
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .build();
    }

    /** Completes a future with the only message of a call. */
    private record Answer<A>(RemoteCluster cluster, int used,
            CompletableFuture<A> future) implements StreamObserver<A> {

        @Override
        public void onNext(A message) {
            this.future.complete(message);
        }

        @Override
        public void onError(Throwable failure) {
            this.cluster.failed(this.used, failure);
            this.future.completeExceptionally(RemoteFailures.of(failure));
        }

        @Override
        public void onCompleted() {
            // The message was there before.
        }

    }

}
