/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Invariant;

/**
 * The numbers that belong to the data and are committed with it.
 *
 * @param revision the newest main revision
 * @param appliedIndex log index that is contained
 * @param compactRevision oldest readable revision, or 0
 * @param compactCursor packed revision that a running compaction looks at next
 */
record StoreState(long revision, long appliedIndex, long compactRevision, long compactCursor) {

    /** The state of an empty store. */
    static final StoreState INITIAL = new StoreState(1, 0, 0, 0);

    private static final int FORMAT = 1;

    private static final Bytes KEY = Bytes.utf8("state");

    static StoreState read(StoreMap<Bytes, Bytes> meta) {
        Bytes encoded = meta.get(KEY);
        return (encoded != null) ? decode(encoded) : INITIAL;
    }

    void write(StoreMap<Bytes, Bytes> meta) {
        meta.put(KEY, encode());
    }

    /** Tells whether records wait to be removed. */
    boolean compacting() {
        return this.compactRevision != 0 && this.compactCursor <= PackedRevision.last(this.compactRevision);
    }

    StoreState withApplied(long index) {
        return new StoreState(this.revision, index, this.compactRevision, this.compactCursor);
    }

    StoreState withRevision(long newRevision) {
        return new StoreState(newRevision, this.appliedIndex, this.compactRevision, this.compactCursor);
    }

    StoreState withCompaction(long newCompactRevision, long cursor) {
        return new StoreState(this.revision, this.appliedIndex, newCompactRevision, cursor);
    }

    Bytes encode() {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + 4 * Long.BYTES)
            .putInt(FORMAT)
            .putLong(this.revision)
            .putLong(this.appliedIndex)
            .putLong(this.compactRevision)
            .putLong(this.compactCursor)
            .array());
    }

    static StoreState decode(Bytes encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded.array());
        int format = in.getInt();
        Invariant.check(format == FORMAT, "store format %d, this release reads %d", format, FORMAT);
        return new StoreState(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

}
