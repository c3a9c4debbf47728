/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import io.kvorum.server.common.Bytes;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes a key's entry in the index from the one that is there, in one descent.
 * Confined to the apply thread.
 */
final class IndexAppend extends MVMap.DecisionMaker<IndexEntry> {

    private final StoreMaps maps;

    private Bytes key = Bytes.EMPTY;

    private long revision;

    private long lease;

    private @Nullable IndexEntry old;

    private @Nullable IndexEntry fromDead;

    private @Nullable IndexEntry written;

    private Chain chain = Chain.EMPTY;

    IndexAppend(StoreMaps maps) {
        this.maps = maps;
    }

    /** Writes the entry of a key that is put at a revision. */
    IndexEntry put(Bytes newKey, long newRevision, long newLease) {
        this.key = newKey;
        this.revision = newRevision;
        this.lease = newLease;
        this.maps.index().operate(newKey, null, this);
        IndexEntry entry = this.written;
        if (entry == null) {
            throw new IllegalStateException("no entry was written");
        }
        return entry;
    }

    /** Returns the entry that was there before, or {@code null}. */
    @Nullable IndexEntry old() {
        return this.old;
    }

    /** Returns the entry that the key has among the deleted ones, or {@code null}. */
    @Nullable IndexEntry fromDead() {
        return this.fromDead;
    }

    /** Returns where the changes before this one are. */
    Chain chain() {
        return this.chain;
    }

    @Override
    public MVMap.Decision decide(@Nullable IndexEntry existing, @Nullable IndexEntry provided) {
        return MVMap.Decision.PUT;
    }

    @Override
    @SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
    public <T extends IndexEntry> T selectValue(@Nullable T existing, @Nullable T provided) {
        this.old = existing;
        this.fromDead = null;
        if (existing != null) {
            this.chain = existing.chain();
        }
        else {
            IndexEntry dead = this.maps.dead().isEmpty() ? null : this.maps.dead().get(this.key);
            this.fromDead = dead;
            this.chain = (dead != null) ? dead.chain() : Chain.EMPTY;
        }
        IndexEntry entry = IndexEntry.put(existing, this.chain, this.revision, this.lease);
        this.written = entry;
        return (T) entry;
    }

}
