/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import io.kvorum.server.common.KvException;
import io.kvorum.server.protocol.etcd3.GrpcErrors;

/** Answers unary calls that may wait for long, on the thread that ends the wait. */
final class Calls {

    private Calls() {
    }

    /**
     * Answers a call.
     * @param observer the call
     * @param work starts the work; what it gets completes when the caller gives up or its
     * connection ends; throws if the request is bad
     */
    static <T> void answer(StreamObserver<T> observer, Function<CompletableFuture<Void>, CompletableFuture<T>> work) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        ((ServerCallStreamObserver<T>) observer).setOnCancelHandler(() -> gone.complete(null));
        CompletableFuture<T> future;
        try {
            future = work.apply(gone);
        }
        catch (KvException | StatusRuntimeException ex) {
            observer.onError(seenByClients(ex));
            return;
        }
        future.whenComplete((answer, failure) -> {
            if (failure != null) {
                observer.onError(seenByClients(failure));
            }
            else {
                observer.onNext(answer);
                observer.onCompleted();
            }
        });
    }

    /** An error that only these services know. */
    static StatusRuntimeException error(String text) {
        return Status.UNKNOWN.withDescription(text).asRuntimeException();
    }

    /**
     * etcd: these services are clients inside the server, and the errors they pass on
     * lose their code on the way but not their text.
     */
    private static StatusRuntimeException seenByClients(Throwable failure) {
        return Status.UNKNOWN.withDescription(GrpcErrors.of(failure).getStatus().getDescription())
            .withCause(failure)
            .asRuntimeException();
    }

}
