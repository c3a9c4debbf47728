/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.util.function.Consumer;
import java.util.function.Predicate;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * Reduces a unary call to its status; an answer that fails its check becomes
 * {@code DATA_LOSS}.
 */
final class UnaryListener<S> extends ClientCall.Listener<S> {

    private final Predicate<S> answerIsGood;

    private final Consumer<Status> done;

    private boolean good;

    private UnaryListener(Predicate<S> answerIsGood, Consumer<Status> done) {
        this.answerIsGood = answerIsGood;
        this.done = done;
    }

    static <Q, S> void start(ClientCall<Q, S> call, Call<Q, S> what, Consumer<Status> done) {
        call.start(new UnaryListener<>(what.answerIsGood(), done), new Metadata());
        call.request(2);
        call.sendMessage(what.request());
        call.halfClose();
    }

    @Override
    public void onMessage(S answer) {
        this.good = this.answerIsGood.test(answer);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (status.isOk() && !this.good) {
            this.done.accept(Status.DATA_LOSS.withDescription("the answer is not what was asked for"));
        }
        else {
            this.done.accept(status);
        }
    }

}
