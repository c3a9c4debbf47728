/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/**
 * Counts what the log leaves unanswered. A refusal by the state machine is an answer. Any
 * thread.
 */
final class UnansweredCalls {

    private static final Set<Code> UNANSWERED = EnumSet.of(Code.TIMEOUT, Code.LEADER_CHANGED, Code.NO_LEADER,
            Code.STOPPED);

    private final NodeMetrics metrics;

    UnansweredCalls(NodeMetrics metrics) {
        this.metrics = metrics;
    }

    <T> CompletableFuture<T> ofProposal(CompletableFuture<T> answer) {
        // Not what comes of this: whoever waits should not wait for the counting as well.
        answer.whenComplete(this::proposalDone);
        return answer;
    }

    CompletableFuture<Void> ofReadIndex(CompletableFuture<Void> confirmation) {
        confirmation.whenComplete(this::readIndexDone);
        return confirmation;
    }

    private void proposalDone(@Nullable Object answer, @Nullable Throwable failure) {
        if (failure instanceof KvException ex && UNANSWERED.contains(ex.code())) {
            this.metrics.proposalsFailed(1);
        }
    }

    private void readIndexDone(@Nullable Object confirmed, @Nullable Throwable failure) {
        if (failure == null) {
            return;
        }
        if (PeerRequests.unwrap(failure) instanceof KvException ex && ex.code() == Code.TIMEOUT) {
            this.metrics.readIndexSlow();
        }
        else {
            this.metrics.readIndexFailed();
        }
    }

}
