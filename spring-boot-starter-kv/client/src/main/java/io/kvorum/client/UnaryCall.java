/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;

/**
 * One request, until it is answered, failed for good, or out of time.
 *
 * @param <Q> the request
 * @param <A> the answer
 */
final class UnaryCall<Q, A> {

    private static final long FIRST_PAUSE_MILLIS = 20;

    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final Cluster cluster;

    private final MethodDescriptor<Q, A> method;

    private final Q request;

    private final boolean repeatable;

    private final CompletableFuture<A> answer = new CompletableFuture<>();

    private final long deadlineNanos;

    private long pauseMillis = FIRST_PAUSE_MILLIS;

    private boolean refused;

    UnaryCall(Cluster cluster, MethodDescriptor<Q, A> method, Q request, boolean repeatable) {
        this.cluster = cluster;
        this.method = method;
        this.request = request;
        this.repeatable = repeatable;
        this.deadlineNanos = cluster.ticker().nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(cluster.requestTimeoutMillis());
    }

    CompletableFuture<A> start() {
        attempt();
        return this.answer;
    }

    private void attempt() {
        this.cluster.tokens().current().whenComplete((token, failure) -> {
            if (failure == null) {
                send(token);
            }
            else {
                Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
                        ? failure.getCause() : failure;
                failed(Status.fromThrowable(cause), "", true);
            }
        });
    }

    private void send(String token) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(Math.max(leftNanos(), 1), TimeUnit.NANOSECONDS);
        ClientCalls.asyncUnaryCall(this.cluster.newCall(this.method, options, Tokens.metadata(token)), this.request,
                new StreamObserver<A>() {

                    @Override
                    public void onNext(A message) {
                        UnaryCall.this.answer.complete(message);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        failed(Status.fromThrowable(failure), token, false);
                    }

                    @Override
                    public void onCompleted() {
                        // The message was there before.
                    }

                });
    }

    private void failed(Status status, String token, boolean beforeSending) {
        KvException failure = this.cluster.failure(this.method, status, token);
        if (mayRepeat(status, failure, beforeSending) && leftNanos() > TimeUnit.MILLISECONDS.toNanos(this.pauseMillis)
                && !this.cluster.isClosed()) {
            Ticker.Pending unused = this.cluster.ticker().after(this.pauseMillis, TimeUnit.MILLISECONDS, this::attempt);
            this.pauseMillis = Math.min(2 * this.pauseMillis, LONGEST_PAUSE_MILLIS);
        }
        else {
            this.answer.completeExceptionally(failure);
        }
    }

    private boolean mayRepeat(Status status, KvException failure, boolean beforeSending) {
        if (status.getCode() == Status.Code.UNAUTHENTICATED && !this.refused) {
            // A token lives for a while only; the next one may be taken.
            this.refused = true;
            return true;
        }
        if (failure.code() == KvException.Code.UNAVAILABLE) {
            return this.repeatable || beforeSending || Failures.neverLeft(status);
        }
        return failure.code() == KvException.Code.OVERLOADED;
    }

    private long leftNanos() {
        return this.deadlineNanos - this.cluster.ticker().nanoTime();
    }

}
