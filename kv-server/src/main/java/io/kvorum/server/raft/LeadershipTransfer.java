/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.error.RaftError;

import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.transport.PeerIds;

/**
 * One hand-over of the leadership. Done when this member follows the target. Methods may
 * be called from any thread.
 */
final class LeadershipTransfer {

    private static final long RETRY_MILLIS = 20;

    private final MemberId target;

    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    LeadershipTransfer(MemberId target) {
        this.target = target;
    }

    CompletableFuture<Void> outcome() {
        return this.outcome;
    }

    /**
     * Begins. A leader that has just been elected refuses until its first entry is
     * committed; that is waited for.
     */
    void start(Supplier<NodeImpl> node, ScheduledExecutorService executor, long timeoutMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        var unused = this.outcome.orTimeout(timeoutMillis * 2, TimeUnit.MILLISECONDS);
        attempt(node, executor, deadline);
    }

    void leaderChanged(MemberId leader) {
        if (leader.equals(this.target)) {
            this.outcome.complete(null);
        }
        else if (!leader.equals(MemberId.NONE)) {
            this.outcome.completeExceptionally(new KvException(Code.BAD_LEADER_TRANSFEREE,
                    "Member " + leader + " became leader instead of " + this.target, null));
        }
    }

    private void attempt(Supplier<NodeImpl> node, ScheduledExecutorService executor, long deadline) {
        Status status = node.get().transferLeadershipTo(PeerIds.of(this.target));
        if (status.isOk()) {
            return;
        }
        if (status.getRaftError() == RaftError.EBUSY && System.nanoTime() < deadline) {
            var unused = executor.schedule(() -> attempt(node, executor, deadline), RETRY_MILLIS,
                    TimeUnit.MILLISECONDS);
            return;
        }
        this.outcome.completeExceptionally(EngineErrors.ofTransfer(status));
    }

}
