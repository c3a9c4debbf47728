/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kvorum.server.common.KvException;

/** Answers unary calls when their future completes, on the thread that completes it. */
final class Replies {

    private Replies() {
    }

    /**
     * Answers a call.
     * @param observer the call
     * @param work starts the work; throws if the request is bad
     * @param answer makes the answer of the work's result
     */
    static <R, T> void reply(StreamObserver<T> observer, Supplier<CompletableFuture<R>> work,
            Function<? super R, ? extends T> answer) {
        // With a handler, answering a call that the client gave up is no error.
        ((ServerCallStreamObserver<T>) observer).setOnCancelHandler(Replies::ignore);
        CompletableFuture<R> future;
        try {
            future = work.get();
        }
        catch (KvException | StatusRuntimeException ex) {
            observer.onError(GrpcErrors.of(ex));
            return;
        }
        future.whenComplete((result, failure) -> {
            if (failure != null) {
                observer.onError(GrpcErrors.of(failure));
            }
            else {
                observer.onNext(answer.apply(result));
                observer.onCompleted();
            }
        });
    }

    private static void ignore() {
        // The work that was started cannot be taken back.
    }

}
