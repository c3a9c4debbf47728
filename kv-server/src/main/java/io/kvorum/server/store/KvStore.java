/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;

import io.kvorum.server.common.Event;
import org.jspecify.annotations.Nullable;

/**
 * The multi-version store. Writing methods are confined to the apply thread;
 * {@link #view()} and what says so may be called from any thread.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>The applied index is in the same durable commit as the data it stands for.</li>
 * <li>A view never changes; views are published in order of their applied index.</li>
 * <li>The main revision grows by one with each transaction that changes keys, and only
 * then.</li>
 * <li>What a crash leaves behind is the state after some applied batch, never a
 * mixture.</li>
 * </ol>
 */
public interface KvStore extends AutoCloseable {

    /**
     * Returns the newest published view. Any thread.
     * @return the view
     */
    ReadView view();

    /**
     * Runs one transaction. When the body throws, nothing of it stays, and the exception
     * goes to the caller. Opens a batch, which only {@link #publish(long)} ends: commits
     * wait for it. Waits for the disk itself if too much is not committed yet.
     * @param <T> the type of the body's answer
     * @param body reads and writes
     * @return the body's answer
     * @throws StoreDamagedError if the data that was read is damaged: the member must
     * stop
     */
    <T> T transact(Function<Transaction, T> body);

    /**
     * Publishes everything since the last publication: readers that take a view from now
     * on see it.
     * @param appliedIndex log index that the new view contains
     * @return the changes of keys since the last publication, one list per main revision,
     * in order
     */
    List<List<Event>> publish(long appliedIndex);

    /**
     * Makes revisions before the given one unreadable now; their space is freed in small
     * steps afterwards.
     * @param revision the oldest revision that stays readable
     * @throws io.kvorum.server.common.KvException with COMPACTED or FUTURE_REVISION
     */
    void compact(long revision);

    /**
     * Does a bounded step of freeing compacted revisions. Called between batches.
     * @return {@code true} if there is more to do
     */
    boolean compactStep();

    /**
     * Makes the published state durable. Blocks; any thread but the event loops, and not
     * between a transaction and its publication. A full disk loses nothing: reads and
     * writes go on in memory, and the write is tried again until it succeeds. When too
     * much has gathered in memory, the next batch waits.
     * @throws IOException if the disk refuses; later calls may succeed again
     */
    void commit() throws IOException;

    /**
     * Opens a consistent, self-contained image of the newest view. Any thread.
     * @return the image
     */
    StoreImage openImage();

    /**
     * Replaces everything by an image. When it fails, the old state is still there. Views
     * of the old state stay readable as long as they would otherwise. Apply thread,
     * between batches.
     * @param image the image
     * @throws IOException if the image is damaged or the disk refuses
     */
    void install(InputStream image) throws IOException;

    /**
     * Gives unused space of the file back to the file system. Blocks for long; reads go
     * on.
     * @throws IOException if the disk refuses
     */
    void defragment() throws IOException;

    /**
     * Returns the size of the store. Any thread.
     * @return bytes allocated on disk and, of these, in use
     */
    StoreSize size();

    /**
     * Returns what is wrong with the file, as far as a read or a write has met it. Stays
     * until an image replaces the file. Any thread.
     * @return what is damaged, with the file and the way out; {@code null} if nothing was
     * found
     */
    @Nullable String damage();

    /** Commits and closes. Readers must be gone. */
    @Override
    void close();

    /**
     * Size of a store.
     *
     * @param allocatedBytes bytes on disk
     * @param inUseBytes bytes that hold live data
     */
    record StoreSize(long allocatedBytes, long inUseBytes) {
    }

    /** A consistent image of a view. */
    interface StoreImage extends AutoCloseable {

        /**
         * Returns the applied index that the image contains.
         * @return the index
         */
        long appliedIndex();

        /**
         * Returns how many bytes {@link #writeTo(OutputStream)} will write.
         * @return the exact size
         */
        long sizeBytes();

        /**
         * Writes the image: a checksummed stream. Blocks; to be called once.
         * @param out where to
         * @throws IOException if either side fails
         */
        void writeTo(OutputStream out) throws IOException;

        @Override
        void close();

    }

}
