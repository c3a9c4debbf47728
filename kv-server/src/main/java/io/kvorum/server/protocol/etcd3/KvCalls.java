/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.KvException;

/**
 * Handles the unary calls that make up most of the traffic: one object per call between
 * the transport and the member. Answers on the thread that completes the work.
 *
 * @param <Q> the type of the requests
 */
final class KvCalls<Q> implements ServerCallHandler<Q, Outgoing> {

    private final ResponseHeaders headers;

    private final Function<Q, ? extends CompletableFuture<? extends Result>> work;

    /**
     * Creates the handler of a method.
     * @param headers makes the headers of answers
     * @param work starts the work of a request; throws if the request is bad
     */
    KvCalls(ResponseHeaders headers, Function<Q, ? extends CompletableFuture<? extends Result>> work) {
        this.headers = headers;
        this.work = work;
    }

    @Override
    public ServerCall.Listener<Q> startCall(ServerCall<Q, Outgoing> call, Metadata metadata) {
        // One more than allowed, so that a second message is noticed.
        call.request(2);
        return new Call(call);
    }

    private final class Call extends ServerCall.Listener<Q> implements BiConsumer<Result, Throwable> {

        private final ServerCall<Q, Outgoing> call;

        private @Nullable Q request;

        private boolean refused;

        Call(ServerCall<Q, Outgoing> call) {
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (this.request != null) {
                refuse(Status.INTERNAL.withDescription("Too many requests in a unary call"));
            }
            this.request = message;
        }

        @Override
        public void onHalfClose() {
            Q message = this.request;
            if (this.refused) {
                return;
            }
            if (message == null) {
                refuse(Status.INTERNAL.withDescription("A unary call without a request"));
                return;
            }
            CompletableFuture<? extends Result> future;
            try {
                future = KvCalls.this.work.apply(message);
            }
            catch (KvException | StatusRuntimeException ex) {
                refuse(GrpcErrors.of(ex).getStatus());
                return;
            }
            future.whenComplete(this);
        }

        @Override
        public void accept(@Nullable Result result, @Nullable Throwable failure) {
            if (this.call.isCancelled()) {
                return;
            }
            if (result == null) {
                Throwable cause = (failure != null) ? failure : new IllegalStateException("no result");
                this.call.close(GrpcErrors.of(cause).getStatus(), new Metadata());
                return;
            }
            this.call.sendHeaders(new Metadata());
            this.call.sendMessage(new KvAnswer(KvCalls.this.headers.wire(result.revision()), result));
            this.call.close(Status.OK, new Metadata());
        }

        private void refuse(Status status) {
            this.refused = true;
            this.call.close(status, new Metadata());
        }

    }

}
