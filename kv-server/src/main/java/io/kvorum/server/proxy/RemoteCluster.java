/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;

import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.LeaseGrantRequest;
import io.kvorum.proto.etcdserverpb.LeaseGrantResponse;
import io.kvorum.proto.etcdserverpb.LeaseGrpc;
import io.kvorum.proto.etcdserverpb.LeaseRevokeRequest;
import io.kvorum.proto.etcdserverpb.LeaseRevokeResponse;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.TxnResponse;

/**
 * The cluster behind the proxy. All calls go to one member, until it is lost. Safe for
 * any thread.
 */
final class RemoteCluster implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 256 * 1024 * 1024;

    /** etcd takes clients that ping more often than each five seconds for rude. */
    private static final int PING_SECONDS = 6;

    private static final int PING_TIMEOUT_SECONDS = 4;

    private final ManagedChannel channel;

    private final long timeoutMillis;

    RemoteCluster(ProxySettings settings) {
        NameResolverRegistry.getDefaultRegistry().register(new EndpointResolvers());
        this.channel = NettyChannelBuilder.forTarget(EndpointResolvers.target(settings.endpoints()))
            .usePlaintext()
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .build();
        this.timeoutMillis = settings.requestTimeout().toMillis();
    }

    CompletableFuture<RangeResponse> range(RangeRequest request) {
        return call(KVGrpc.getRangeMethod(), request);
    }

    CompletableFuture<TxnResponse> txn(TxnRequest request) {
        return call(KVGrpc.getTxnMethod(), request);
    }

    CompletableFuture<LeaseGrantResponse> grant(long id, long ttlSeconds) {
        return call(LeaseGrpc.getLeaseGrantMethod(),
                LeaseGrantRequest.newBuilder().setID(id).setTTL(ttlSeconds).build());
    }

    CompletableFuture<LeaseRevokeResponse> revoke(long id) {
        return call(LeaseGrpc.getLeaseRevokeMethod(), LeaseRevokeRequest.newBuilder().setID(id).build());
    }

    Channel channel() {
        return this.channel;
    }

    @Override
    public void close() {
        this.channel.shutdownNow();
    }

    private <Q, A> CompletableFuture<A> call(MethodDescriptor<Q, A> method, Q request) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(this.timeoutMillis, TimeUnit.MILLISECONDS);
        ClientCalls.asyncUnaryCall(this.channel.newCall(method, options), request, new Answer<>(answer));
        return answer;
    }

    /** Completes a future with the only message of a call. */
    private record Answer<A>(CompletableFuture<A> future) implements StreamObserver<A> {

        @Override
        public void onNext(A message) {
            this.future.complete(message);
        }

        @Override
        public void onError(Throwable failure) {
            this.future.completeExceptionally(RemoteFailures.of(failure));
        }

        @Override
        public void onCompleted() {
            // The message was there before.
        }

    }

}
