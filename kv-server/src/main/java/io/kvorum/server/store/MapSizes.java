/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;

import io.kvorum.server.common.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * How many entries each map has, committed with them. MVStore keeps the places of the
 * maps' roots without a checksum; when one of them is damaged, the map looks empty or old
 * and is valid in itself. Its size tells.
 *
 * @param log entries of the log
 * @param index entries of the index
 * @param dead entries of the index of deleted keys
 * @param leases entries of the leases' keys
 * @param rows entries of the small tables
 */
record MapSizes(long log, long index, long dead, long leases, long rows) {

    private static final Bytes KEY = Bytes.utf8("sizes");

    static MapSizes of(StoreMaps maps) {
        return new MapSizes(maps.log().sizeAsLong(), maps.index().sizeAsLong(), maps.dead().sizeAsLong(),
                maps.leases().sizeAsLong(), maps.rows().sizeAsLong());
    }

    /** Returns what was committed; {@code null} by releases that did not. */
    static @Nullable MapSizes read(StoreMap<Bytes, Bytes> meta) {
        Bytes encoded = meta.get(KEY);
        if (encoded == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(encoded.array());
        return new MapSizes(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    void write(StoreMap<Bytes, Bytes> meta) {
        meta.put(KEY,
                Bytes.wrap(ByteBuffer.allocate(5 * Long.BYTES)
                    .putLong(this.log)
                    .putLong(this.index)
                    .putLong(this.dead)
                    .putLong(this.leases)
                    .putLong(this.rows)
                    .array()));
    }

}
