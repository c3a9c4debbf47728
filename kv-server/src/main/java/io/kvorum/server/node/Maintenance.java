/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Result;

/** What an operator asks of one member. Any thread; nothing blocks. */
public interface Maintenance {

    /**
     * Returns the state of this member.
     * @return the state now
     */
    Status status();

    /**
     * Returns what is wrong with this member's store.
     * @return what is damaged, with the file and the way out; {@code null} if nothing was
     * found
     */
    default @Nullable String damage() {
        return null;
    }

    /**
     * Lists the alarms of the cluster.
     * @return the alarms
     */
    List<Result.Alarm> alarms();

    /**
     * Computes the hash of the history up to a revision.
     * @param revision the revision, or 0 for the newest
     * @return the hash; fails with COMPACTED or FUTURE_REVISION
     */
    CompletableFuture<Hash> hash(long revision);

    /**
     * Gives unused space of this member's file back.
     * @return completes when it is done
     */
    CompletableFuture<Void> defragment();

    /**
     * Frees compacted revisions at once.
     * @return completes when nothing that was compacted is left on disk on this member
     */
    CompletableFuture<Void> awaitCompaction();

    /**
     * Writes a consistent image of this member's state. The writing is done on a thread
     * of its own, so the stream may block.
     * @param target opened with the number of bytes before the first one is written
     * @return completes when everything is written
     */
    CompletableFuture<Void> snapshot(SnapshotTarget target);

    /** Where a snapshot goes. */
    @FunctionalInterface
    interface SnapshotTarget {

        /**
         * Opens the target. Called once, on the writing thread.
         * @param sizeBytes number of bytes that will be written
         * @return the stream, closed by the writer when all is written
         */
        OutputStream open(long sizeBytes);

    }

    /**
     * State of a member.
     *
     * @param revision the store's current revision
     * @param compactRevision the store's compact revision
     * @param raftIndex last index in its log
     * @param raftAppliedIndex what it has applied
     * @param dbSizeBytes bytes on disk
     * @param dbSizeInUseBytes bytes that hold live data
     * @param quotaBytes the limit of the above
     * @param learner whether it has no vote
     * @param errors what is wrong, in etcd's words
     */
    record Status(long revision, long compactRevision, long raftIndex, long raftAppliedIndex, long dbSizeBytes,
            long dbSizeInUseBytes, long quotaBytes, boolean learner, List<String> errors) {
    }

    /**
     * A hash and what it covers.
     *
     * @param hash CRC32C of the history
     * @param compactRevision where the history begins
     * @param revision where it ends
     */
    record Hash(int hash, long compactRevision, long revision) {
    }

}
