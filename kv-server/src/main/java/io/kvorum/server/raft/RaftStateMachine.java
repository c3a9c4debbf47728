/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.MemberId;

/**
 * What the log is applied to. All methods but {@link #openImage()}, {@link #persist()}
 * and {@link #failed(String)} are called from one thread at a time, in log order.
 */
public interface RaftStateMachine {

    /**
     * Returns the index of the last entry that this state contains. Entries up to it are
     * not applied again after a restart.
     * @return the applied index
     */
    long appliedIndex();

    /**
     * Applies a run of committed entries and makes the result visible to readers.
     * @param entries the entries, in log order; to be iterated once, to the end, during
     * the call
     */
    void apply(Iterable<CommittedEntry> entries);

    /**
     * Makes the state durable at least up to the applied index at the moment of the call,
     * so that the log before it may be dropped. Blocks; called from a thread of its own,
     * while entries go on being applied.
     * @throws IOException if the disk refuses
     */
    void persist() throws IOException;

    /**
     * Opens an image of the state as it is now, for a member that lags behind the log.
     * May be called from any thread.
     * @return the image
     */
    Image openImage();

    /**
     * Replaces the whole state by an image. Blocks.
     * @param image the image's bytes
     * @throws IOException if the image is damaged or the disk refuses; the old state is
     * then still there
     */
    void install(InputStream image) throws IOException;

    /**
     * The group has another leader, or none.
     * @param leader the leader, this member included, or {@link MemberId#NONE}
     * @param term the term
     */
    void leaderChanged(MemberId leader, long term);

    /**
     * The log engine stopped because of a failure, typically a full disk, or works again.
     * @param reason what happened, or {@code null} when it works again
     */
    void failed(@Nullable String reason);

    /**
     * One committed entry.
     *
     * @param index its index
     * @param term its term
     * @param data its bytes
     * @param attachment what was given to {@link RaftMember#propose} on this member, or
     * {@code null}
     */
    record CommittedEntry(long index, long term, Bytes data, @Nullable Object attachment) {
    }

    /** A consistent image of the state. */
    interface Image extends AutoCloseable {

        /**
         * Returns the applied index that the image contains.
         * @return the index
         */
        long appliedIndex();

        /**
         * Writes the image. Blocks; to be called once.
         * @param out where to
         * @throws IOException if either side fails
         */
        void writeTo(OutputStream out) throws IOException;

        @Override
        void close();

    }

}
