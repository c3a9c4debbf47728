/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import io.kvorum.server.common.Bytes;
import org.h2.mvstore.MVStore;

/**
 * The maps of a store: live, for the writer, or frozen, for a view.
 *
 * @param log packed revision to change, the only place of values
 * @param index living key to its newest change
 * @param dead deleted key that still has history to its tombstone
 * @param leases lease id and key, for the keys that a lease owns
 * @param rows small tables: table, zero byte, row
 * @param meta {@link StoreState}
 */
record StoreMaps(StoreMap<Long, LogRecord> log, StoreMap<Bytes, IndexEntry> index, StoreMap<Bytes, IndexEntry> dead,
        StoreMap<Bytes, Bytes> leases, StoreMap<Bytes, Bytes> rows, StoreMap<Bytes, Bytes> meta) {

    static StoreMaps open(MVStore store) {
        return new StoreMaps(StoreMap.open(store, "log", new RevisionType("log"), new LogRecordType()),
                StoreMap.open(store, "index", new KeyType("index"), new IndexEntryType("index")),
                StoreMap.open(store, "dead", new KeyType("dead"), new IndexEntryType("dead")),
                StoreMap.open(store, "leases", new KeyType("leases"), new BytesType("leases")),
                StoreMap.open(store, "rows", new KeyType("rows"), new BytesType("rows")),
                StoreMap.open(store, "meta", new KeyType("meta"), new BytesType("meta")));
    }

    /**
     * Returns these maps as they are now.
     * @param before an earlier result, of which unchanged maps are taken
     * @return frozen maps
     */
    StoreMaps frozen(StoreMaps before) {
        return new StoreMaps(this.log.frozen(before.log), this.index.frozen(before.index),
                this.dead.frozen(before.dead), this.leases.frozen(before.leases), this.rows.frozen(before.rows),
                this.meta.frozen(before.meta));
    }

}
