/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;

/**
 * What the rules of every protocol are written against: reads and writes at the current
 * revision, with own writes visible. All writes of one transaction share one main
 * revision. Confined to the apply thread.
 */
public interface Transaction {

    /**
     * Returns the revision before this transaction, plus one if it has changed something.
     * @return the revision that readers would see if the transaction ended now
     */
    long revision();

    /**
     * Reads one key.
     * @param key the key
     * @return the key as it stands now, own writes included, or {@code null}
     */
    @Nullable KeyValue get(Bytes key);

    /**
     * Reads a range; own writes are visible to reads of the newest revision.
     * @param query the query
     * @return the answer
     * @throws io.kvorum.server.common.KvException with COMPACTED or FUTURE_REVISION
     */
    RangeResult range(RangeQuery query);

    /**
     * Writes a key. Detaches it from its old lease and attaches it to the new one.
     * @param key the key
     * @param value the value
     * @param lease the lease, which the caller knows to exist, or 0
     */
    void put(Bytes key, Bytes value, long lease);

    /**
     * Deletes all keys in a range, in key order, and detaches them from their leases.
     * @param range the keys
     * @return number of keys deleted
     */
    long delete(KeyRange range);

    /**
     * Returns the keys that a lease owns.
     * @param lease the lease
     * @return the keys, in key order, own writes included
     */
    List<Bytes> keysOfLease(long lease);

    /**
     * Writes a row of a small table. Does not count as a change of keys: the revision
     * stays.
     * @param table the table's name
     * @param row the row's key
     * @param value its content, or {@code null} to remove the row
     */
    void putRow(String table, Bytes row, @Nullable Bytes value);

    /**
     * Reads a row of a small table, own writes included.
     * @param table the table's name
     * @param row the row's key
     * @return the row, or {@code null}
     */
    @Nullable Bytes row(String table, Bytes row);

}
