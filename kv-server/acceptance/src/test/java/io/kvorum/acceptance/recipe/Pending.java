/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.recipe;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits at the server. Answers arrive on the transport's thread.
 *
 * @param <Q> the type of the request
 * @param <T> the type of the answers
 */
final class Pending<Q, T> implements ClientResponseObserver<Q, T> {

    private static final long PATIENCE_SECONDS = 20;

    private final LinkedBlockingQueue<T> answers = new LinkedBlockingQueue<>();

    private final CompletableFuture<Status> end = new CompletableFuture<>();

    private @Nullable ClientCallStreamObserver<Q> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> requestStream) {
        this.call = requestStream;
    }

    @Override
    public void onNext(T answer) {
        this.answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
        this.end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        this.end.complete(Status.OK);
    }

    /** Waits for the next answer. */
    T next() {
        try {
            T answer = this.answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer in time, the call ended with " + this.end.getNow(Status.OK));
            }
            return answer;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    /** Waits for the end of the call. */
    Status end() {
        return this.end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    boolean isWaiting() {
        return this.answers.isEmpty() && !this.end.isDone();
    }

    void giveUp() {
        ClientCallStreamObserver<Q> started = this.call;
        if (started == null) {
            throw new IllegalStateException("not started yet");
        }
        started.cancel("given up", null);
    }

}
