/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.CommandCodec;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.KvException;

/** A command on its way through the log, on the member that answers the client. */
final class Proposal<R extends Result> {

    private final Command<R> command;

    private final byte[] encoded;

    private final long deadlineNanos;

    private final CompletableFuture<R> future = new CompletableFuture<>();

    Proposal(Command<R> command, long deadlineNanos) {
        this.command = command;
        this.encoded = CommandCodec.encode(command);
        this.deadlineNanos = deadlineNanos;
    }

    Command<R> command() {
        return this.command;
    }

    byte[] encoded() {
        return this.encoded;
    }

    long deadlineNanos() {
        return this.deadlineNanos;
    }

    CompletableFuture<R> future() {
        return this.future;
    }

    @SuppressWarnings("unchecked")
    void complete(@Nullable Result result, @Nullable KvException failure) {
        if (failure != null) {
            this.future.completeExceptionally(failure);
        }
        else {
            // The state machine answers each command with the result type that the
            // command declares.
            this.future.complete((R) result);
        }
    }

}
