/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;

import org.jspecify.annotations.Nullable;

/**
 * What is known about a key without looking into the log.
 *
 * @param createRevision main revision of the creation, 0 for a deleted key
 * @param version number of writes since the creation, 0 for a deleted key
 * @param lease the lease that owns the key, or 0
 * @param chain where the key's changes are
 */
record IndexEntry(long createRevision, long version, long lease, Chain chain) {

    private static final int OVERHEAD_BYTES = 72;

    /** Returns the packed revision of the newest change. */
    long revision() {
        return this.chain.newest();
    }

    KeyValue toKeyOnly(Bytes key) {
        return new KeyValue(key, Bytes.EMPTY, this.createRevision, PackedRevision.main(revision()), this.version,
                this.lease);
    }

    /**
     * Returns the entry after a put.
     * @param old the entry of the living key, or {@code null}
     * @param chain where the key's changes up to now are
     * @param revision the packed revision of the put
     * @param lease the lease given with it
     * @return the new entry
     */
    static IndexEntry put(@Nullable IndexEntry old, Chain chain, long revision, long lease) {
        if (old == null) {
            return new IndexEntry(PackedRevision.main(revision), 1, lease, chain.append(revision));
        }
        return new IndexEntry(old.createRevision, old.version + 1, lease, chain.append(revision));
    }

    /**
     * Returns the entry after a deletion.
     * @param revision the packed revision of the tombstone
     * @return the new entry
     */
    IndexEntry delete(long revision) {
        return new IndexEntry(0, 0, 0, this.chain.append(revision));
    }

    int memoryBytes() {
        return OVERHEAD_BYTES + 12 * (this.chain.size() - 1);
    }

}
