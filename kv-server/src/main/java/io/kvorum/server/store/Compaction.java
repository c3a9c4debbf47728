/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import io.kvorum.server.common.Bytes;
import org.h2.mvstore.Cursor;

/**
 * Removes what a compaction made unreadable, in steps.
 *
 * <p>
 * Walks the log from the last compact revision to the new one. A change in there makes
 * the one before it, of the same key, unreachable; and a tombstone below the compact
 * revision is unreachable itself. So each record is looked at once or twice in its life,
 * however often is compacted. A tombstone exactly at the compact revision stays, for
 * watchers that start there; the next compaction begins with it. Confined to the apply
 * thread.
 */
final class Compaction {

    private final StoreMaps maps;

    private final RecordCache cache;

    Compaction(StoreMaps maps, RecordCache cache) {
        this.maps = maps;
        this.cache = cache;
    }

    /**
     * Returns where the walk for a new compact revision begins.
     * @param before the state before
     * @return a packed revision
     */
    static long start(StoreState before) {
        return Math.min(before.compactCursor(), PackedRevision.first(before.compactRevision()));
    }

    /**
     * Does one step.
     * @param state where the compaction is
     * @param maxRecords how many records to look at
     * @return where it is afterwards
     */
    StoreState step(StoreState state, int maxRecords) {
        long compactRevision = state.compactRevision();
        Cursor<Long, LogRecord> cursor = this.maps.log()
            .cursor(state.compactCursor(), PackedRevision.last(compactRevision), false);
        long last = 0;
        for (int i = 0; i < maxRecords && cursor.hasNext(); i++) {
            last = cursor.next();
            remove(cursor.getValue(), compactRevision);
        }
        boolean done = last == 0 || !cursor.hasNext();
        return state.withCompaction(compactRevision, done ? PackedRevision.first(compactRevision + 1) : last + 1);
    }

    private void remove(LogRecord seen, long compactRevision) {
        if (seen.previous() != 0) {
            drop(seen.previous());
        }
        if (seen.tombstone() && PackedRevision.main(seen.revision()) < compactRevision) {
            drop(seen.revision());
            Bytes key = seen.kv().key();
            IndexEntry dead = this.maps.dead().get(key);
            if (dead != null && dead.revision() == seen.revision()) {
                this.maps.dead().remove(key);
            }
        }
    }

    private void drop(long revision) {
        this.maps.log().remove(revision);
        this.cache.remove(revision);
    }

}
