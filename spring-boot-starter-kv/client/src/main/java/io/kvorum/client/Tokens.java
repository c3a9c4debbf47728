/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

import io.kvorum.proto.etcdserverpb.AuthGrpc;
import io.kvorum.proto.etcdserverpb.AuthenticateRequest;
import io.kvorum.proto.etcdserverpb.AuthenticateResponse;

/**
 * What shows the servers who this client is. A token is fetched when the first call needs
 * one, and again after the servers have refused it. Safe for any thread.
 */
final class Tokens {

    /** etcd: a member without a leader ends calls that carry this. */
    static final Metadata.Key<String> HAS_LEADER = key("hasleader");

    private static final Metadata.Key<String> TOKEN = key("token");

    private static final String NONE = "";

    private final @Nullable Credentials credentials;

    private final Channel channel;

    private final Duration timeout;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable CompletableFuture<String> token;

    Tokens(@Nullable Credentials credentials, Channel channel, Duration timeout) {
        this.credentials = credentials;
        this.channel = channel;
        this.timeout = timeout;
    }

    /** Returns the token, empty if nobody wants one; failures are gRPC's. */
    CompletableFuture<String> current() {
        Credentials own = this.credentials;
        if (own == null) {
            return CompletableFuture.completedFuture(NONE);
        }
        CompletableFuture<String> fresh;
        synchronized (this.lock) {
            CompletableFuture<String> known = this.token;
            if (known != null && !known.isCompletedExceptionally()) {
                return known;
            }
            fresh = new CompletableFuture<>();
            this.token = fresh;
        }
        fetch(own, fresh);
        return fresh;
    }

    /** The servers do not take a token any more. */
    void forget(String refused) {
        synchronized (this.lock) {
            if (this.token != null && refused.equals(this.token.getNow(null))) {
                this.token = null;
            }
        }
    }

    static Metadata metadata(String token) {
        Metadata metadata = new Metadata();
        if (!token.isEmpty()) {
            metadata.put(TOKEN, token);
        }
        return metadata;
    }

    private void fetch(Credentials own, CompletableFuture<String> fresh) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
        AuthenticateRequest request = AuthenticateRequest.newBuilder()
            .setName(own.user())
            .setPassword(own.password())
            .build();
        ClientCalls.asyncUnaryCall(this.channel.newCall(AuthGrpc.getAuthenticateMethod(), options), request,
                new StreamObserver<AuthenticateResponse>() {

                    @Override
                    public void onNext(AuthenticateResponse answer) {
                        fresh.complete(answer.getToken());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        Status status = Status.fromThrowable(failure);
                        // Servers that ask nobody who they are need no token.
                        if (String.valueOf(status.getDescription()).contains("authentication is not enabled")) {
                            fresh.complete(NONE);
                        }
                        else {
                            fresh.completeExceptionally(failure);
                        }
                    }

                    @Override
                    public void onCompleted() {
                        // The answer was there before.
                    }

                });
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

}
