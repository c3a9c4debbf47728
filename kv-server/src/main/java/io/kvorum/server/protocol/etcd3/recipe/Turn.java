/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.watch.WatchSink;
import io.kvorum.server.watch.WatchSpec;
import io.kvorum.server.watch.Watcher;

/**
 * Waits until a contest has no key that is older than the caller's. Watches only the one
 * right before it, so that a deletion wakes one caller and not all. One step at a time;
 * each may be on another thread.
 */
final class Turn {

    private final KvNode node;

    private final Contest contest;

    private final long createRevision;

    private final CompletableFuture<Void> come = new CompletableFuture<>();

    /** Ends the present wait for a deletion. */
    private volatile CompletableFuture<Void> wakeUp = new CompletableFuture<>();

    private Turn(KvNode node, Contest contest, long createRevision) {
        this.node = node;
        this.contest = contest;
        this.createRevision = createRevision;
    }

    /**
     * Begins to wait.
     * @param node where the contest is
     * @param contest the contest
     * @param createRevision when the caller's key was created, on this member
     * @param gone completes when the caller does not want to wait any more
     * @return completes when it is the caller's turn, or fails
     */
    static CompletableFuture<Void> await(KvNode node, Contest contest, long createRevision, CompletableFuture<?> gone) {
        Turn turn = new Turn(node, contest, createRevision);
        gone.thenRun(turn::giveUp);
        turn.look();
        return turn.come;
    }

    private void giveUp() {
        this.come.completeExceptionally(new KvException(Code.CANCELED));
        this.wakeUp.complete(null);
    }

    private void look() {
        if (!this.come.isDone()) {
            // Older keys become only fewer, and this member knew all of them when it
            // created the caller's: what it sees without a quorum is at worst too many.
            this.node.range(this.contest.lastBefore(this.createRevision), Consistency.SERIALIZABLE)
                .whenComplete(this::seen);
        }
    }

    private void seen(Result.@Nullable Range result, @Nullable Throwable failure) {
        if (result == null) {
            this.come.completeExceptionally((failure != null) ? failure : new KvException(Code.CANCELED));
            return;
        }
        List<KeyValue> before = result.range().kvs();
        if (before.isEmpty()) {
            this.come.complete(null);
            return;
        }
        try {
            awaitDeletion(before.get(0).key(), result.revision());
        }
        catch (KvException ex) {
            this.come.completeExceptionally(ex);
        }
    }

    private void awaitDeletion(Bytes key, long seenRevision) {
        CompletableFuture<Void> deleted = new CompletableFuture<>();
        Watcher watcher = this.node.watches()
            .watch(new WatchSpec(KeyRange.single(key), seenRevision + 1, Set.of(Event.Type.PUT), false),
                    new Deletion(deleted));
        deleted.thenRun(() -> {
            watcher.cancel();
            look();
        });
        this.wakeUp = deleted;
        if (this.come.isDone()) {
            deleted.complete(null);
        }
    }

    /**
     * Sees one deletion.
     *
     * @param seen completes then
     */
    private record Deletion(CompletableFuture<Void> seen) implements WatchSink {

        @Override
        public boolean deliver(List<Delivered> events, long revision) {
            this.seen.complete(null);
            return true;
        }

        @Override
        public void compacted(long compactRevision) {
            // Whether the key was deleted is not to be learnt from history any more, but
            // by looking again.
            this.seen.complete(null);
        }

    }

}
