/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;

/**
 * The members behind the endpoints. Calls go to them in turn; what failed without being
 * done, or may be done twice, is tried again at another one. Safe for any thread.
 */
final class Cluster implements AutoCloseable {

    /** etcd takes clients that ping more often than each five seconds for rude. */
    private static final int PING_SECONDS = 10;

    private static final int MAX_ANSWER_BYTES = 512 * 1024 * 1024;

    private final KvClientSettings settings;

    private final Ticker ticker;

    private final ManagedChannel channel;

    private final Tokens tokens;

    Cluster(KvClientSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        List<Endpoint> endpoints = Endpoint.parse(settings.endpoints());
        this.channel = Grpc.newChannelBuilder(EndpointResolvers.target(endpoints), credentials(settings, endpoints))
            .defaultLoadBalancingPolicy("round_robin")
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .build();
        this.tokens = new Tokens(settings.credentials(), this.channel, settings.requestTimeout());
    }

    /** Asks for something that may be done twice. */
    <Q, A> CompletableFuture<A> ask(MethodDescriptor<Q, A> method, Q request) {
        return call(method, request, true);
    }

    /** Asks for something that must be done once. */
    <Q, A> CompletableFuture<A> order(MethodDescriptor<Q, A> method, Q request) {
        return call(method, request, false);
    }

    /**
     * Opens a stream at a member that has a leader. Failures come to the observer as
     * {@link KvException}s.
     */
    <Q, A> CompletableFuture<ClientCallStreamObserver<Q>> open(MethodDescriptor<Q, A> method,
            StreamObserver<A> answers) {
        return this.tokens.current().thenApply((token) -> {
            Metadata metadata = Tokens.metadata(token);
            metadata.put(Tokens.HAS_LEADER, "true");
            return (ClientCallStreamObserver<Q>) ClientCalls.asyncBidiStreamingCall(
                    newCall(method, CallOptions.DEFAULT, metadata),
                    new Translating<>(answers, (status) -> failure(method, status, token)));
        });
    }

    Ticker ticker() {
        return this.ticker;
    }

    long requestTimeoutMillis() {
        return this.settings.requestTimeout().toMillis();
    }

    @Override
    public void close() {
        this.channel.shutdownNow();
    }

    <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options, Metadata metadata) {
        return MetadataUtils.newAttachHeadersInterceptor(metadata).interceptCall(method, options, this.channel);
    }

    Tokens tokens() {
        return this.tokens;
    }

    boolean isClosed() {
        return this.channel.isShutdown();
    }

    KvException failure(MethodDescriptor<?, ?> method, Status status, String token) {
        if (status.getCode() == Status.Code.UNAUTHENTICATED) {
            this.tokens.forget(token);
        }
        if (isClosed()) {
            return new KvException(KvException.Code.CLOSED, "the client is closed", null);
        }
        return Failures.of(method.getBareMethodName() + " at " + String.join(", ", this.settings.endpoints()), status);
    }

    private <Q, A> CompletableFuture<A> call(MethodDescriptor<Q, A> method, Q request, boolean repeatable) {
        return new UnaryCall<>(this, method, request, repeatable).start();
    }

    private static ChannelCredentials credentials(KvClientSettings settings, List<Endpoint> endpoints) {
        ChannelCredentials tls = settings.tls();
        if (!endpoints.get(0).secure()) {
            if (tls != null) {
                throw new IllegalArgumentException("certificates are set, but the endpoints " + settings.endpoints()
                        + " are http: make them https, or leave the certificates out");
            }
            return InsecureChannelCredentials.create();
        }
        return (tls != null) ? tls : TlsChannelCredentials.create();
    }

    /** Says what went wrong in this client's words. */
    private record Translating<A>(StreamObserver<A> answers,
            Function<Status, KvException> words) implements StreamObserver<A> {

        @Override
        public void onNext(A answer) {
            this.answers.onNext(answer);
        }

        @Override
        public void onError(Throwable failure) {
            this.answers.onError(this.words.apply(Status.fromThrowable(failure)));
        }

        @Override
        public void onCompleted() {
            this.answers.onCompleted();
        }

    }

}
