/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;

/**
 * The store as it was after some applied batch. Immutable and safe for any thread. A view
 * stays readable while it is the newest and for some seconds after that; whoever needs it
 * longer must {@link #retain()} it. A single call may take as long as it likes. Reading a
 * view that is too old fails with code CANCELED, damaged data with CORRUPT, a closed or
 * replaced store with STOPPED.
 */
public interface ReadView {

    /**
     * Returns the newest revision in this view.
     * @return the main revision, at least 1
     */
    long revision();

    /**
     * Returns the oldest revision that can be read.
     * @return the compact revision, or 0 if nothing was compacted yet
     */
    long compactRevision();

    /**
     * Returns the log index up to which this view contains everything.
     * @return the applied index
     */
    long appliedIndex();

    /**
     * Returns how many keys exist in this view. Cheap.
     * @return the number of keys, deleted ones excluded
     */
    long keyCount();

    /**
     * Reads one key as of this view.
     * @param key the key
     * @return the key's state, or {@code null} if it does not exist
     */
    @Nullable KeyValue get(Bytes key);

    /**
     * Reads a range, at any kept revision, with all the options of a query.
     * @param query the query
     * @return the answer
     * @throws io.kvorum.server.common.KvException with COMPACTED or FUTURE_REVISION
     */
    RangeResult range(RangeQuery query);

    /**
     * Walks the history of all keys in order of revision.
     * @param fromRevision first main revision
     * @param toRevision last main revision, inclusive
     * @param maxEvents stop after the revision in which this many events are reached;
     * revisions are never split
     * @param consumer gets all events of one revision at a time
     * @return the last main revision that was looked at; the walk goes on behind it
     * @throws io.kvorum.server.common.KvException with COMPACTED if {@code fromRevision}
     * is below the compact revision; at the compact revision, of several changes of one
     * key only the last one is sure to be there
     */
    long history(long fromRevision, long toRevision, int maxEvents, Consumer<List<Event>> consumer);

    /**
     * Returns the ids of the leases that own keys, and the keys of one of them.
     * @param lease the lease
     * @return the keys attached to it, in key order
     */
    List<Bytes> keysOfLease(long lease);

    /**
     * Reads a row of one of the small tables that live beside the keys (leases, alarms,
     * members, ...).
     * @param table the table's name
     * @param row the row's key
     * @return the row, or {@code null}
     */
    @Nullable Bytes row(String table, Bytes row);

    /**
     * Walks a small table in order of its row keys.
     * @param table the table's name
     * @param consumer gets each row
     */
    void rows(String table, RowConsumer consumer);

    /**
     * Computes the hash over everything written up to a revision and not compacted:
     * CRC32C of the revisions, keys and records, equal on members that applied the same
     * log.
     * @param revision the revision, or 0 for the newest
     * @return the hash with the bounds it covers
     * @throws io.kvorum.server.common.KvException with COMPACTED or FUTURE_REVISION
     */
    Hash hash(long revision);

    /**
     * Keeps the pages of this view from being reused until the handle is closed.
     * @return the handle
     */
    Retained retain();

    /** Keeps a view readable. */
    interface Retained extends AutoCloseable {

        @Override
        void close();

    }

    /** Gets rows of a table. */
    @FunctionalInterface
    interface RowConsumer {

        /**
         * Takes one row.
         * @param row the row's key
         * @param value its content
         */
        void accept(Bytes row, Bytes value);

    }

    /**
     * A hash and what it covers.
     *
     * @param hash the CRC32C
     * @param compactRevision the compact revision when it was computed
     * @param revision the revision up to which it was computed
     */
    record Hash(int hash, long compactRevision, long revision) {
    }

}
