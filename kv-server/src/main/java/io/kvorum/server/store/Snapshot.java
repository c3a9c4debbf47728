/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.Invariant;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads a set of maps, live or frozen: keys now and at old revisions, history, leases,
 * tables.
 *
 * @param maps the maps
 * @param state the numbers that belong to them
 * @param cache decoded records
 */
record Snapshot(StoreMaps maps, StoreState state, RecordCache cache) {

    /** Checks a revision that is to be read: R11 to R13 of the range rules. */
    long checkReadable(long revision) {
        if (revision > this.state.revision()) {
            throw new KvException(KvException.Code.FUTURE_REVISION);
        }
        long wanted = (revision > 0) ? revision : this.state.revision();
        if (wanted < this.state.compactRevision()) {
            throw new KvException(KvException.Code.COMPACTED);
        }
        return wanted;
    }

    @Nullable KeyValue get(Bytes key) {
        IndexEntry entry = this.maps.index().get(key);
        return (entry != null) ? newest(key, entry).kv() : null;
    }

    /** Returns the newest record of a living key. */
    LogRecord newest(Bytes key, IndexEntry entry) {
        LogRecord found = recordOrNull(entry.revision());
        if (found == null || !found.kv().key().equals(key)) {
            throw new DanglingEntryException("the index points key " + key + " at revision "
                    + PackedRevision.toString(entry.revision()) + ", where the log has another record or none");
        }
        return found;
    }

    /**
     * Finds the newest change of a key up to a revision.
     * @param entry the key's entry in {@code index} or {@code dead}
     * @param limit the greatest packed revision wanted
     * @return the change, or {@code null} if there is none or it was a deletion that is
     * compacted
     */
    @Nullable LogRecord at(IndexEntry entry, long limit) {
        if (entry.revision() <= limit) {
            return recordOrNull(entry.revision());
        }
        LogRecord newer = existing(entry.chain().searchFrom(limit));
        while (true) {
            // Whatever is newer than the limit exists, because reads below the compact
            // revision are refused. What is not newer may be a tombstone that is gone.
            if (newer.jump() > limit) {
                newer = existing(newer.jump());
            }
            else if (newer.previous() > limit) {
                newer = existing(newer.previous());
            }
            else {
                return (newer.previous() != 0) ? recordOrNull(newer.previous()) : null;
            }
        }
    }

    @Nullable LogRecord recordOrNull(long revision) {
        LogRecord cached = this.cache.get(revision);
        if (cached != null) {
            return cached;
        }
        LogRecord read = this.maps.log().get(revision);
        if (read != null) {
            this.cache.put(read);
        }
        return read;
    }

    private LogRecord existing(long revision) {
        LogRecord found = recordOrNull(revision);
        if (found == null) {
            throw new DanglingEntryException(
                    "the log lacks revision " + PackedRevision.toString(revision) + ", which a newer one refers to");
        }
        return found;
    }

    long history(long fromRevision, long toRevision, int maxEvents, Consumer<List<Event>> consumer) {
        if (fromRevision < this.state.compactRevision()) {
            throw new KvException(KvException.Code.COMPACTED);
        }
        long end = Math.min(toRevision, this.state.revision());
        Cursor<Long, LogRecord> cursor = this.maps.log()
            .cursor(PackedRevision.first(fromRevision), PackedRevision.last(end), false);
        List<Event> events = new ArrayList<>();
        long revision = 0;
        int total = 0;
        while (cursor.hasNext()) {
            long next = PackedRevision.main(cursor.next());
            if (next != revision && !events.isEmpty()) {
                total += events.size();
                consumer.accept(events);
                if (total >= maxEvents) {
                    return revision;
                }
                events = new ArrayList<>();
            }
            revision = next;
            events.add(cursor.getValue().toEvent());
        }
        if (!events.isEmpty()) {
            consumer.accept(events);
        }
        return end;
    }

    List<Bytes> keysOfLease(long lease) {
        List<Bytes> keys = new ArrayList<>();
        LeaseKey.walk(this.maps.leases(), lease, keys::add);
        return keys;
    }

    @Nullable Bytes row(String table, Bytes row) {
        return this.maps.rows().get(RowKey.of(table, row));
    }

    void rows(String table, ReadView.RowConsumer consumer) {
        KeyRange range = RowKey.all(table);
        Cursor<Bytes, Bytes> cursor = this.maps.rows().cursor(range.start(), null, false);
        while (cursor.hasNext()) {
            Bytes key = cursor.next();
            if (!range.contains(key)) {
                return;
            }
            consumer.accept(RowKey.row(table, key), cursor.getValue());
        }
    }

    /** Checks that the maps fit together; for tests and for a check at start. */
    void verify() {
        Cursor<Bytes, IndexEntry> cursor = this.maps.index().cursor(null, null, false);
        long living = 0;
        while (cursor.hasNext()) {
            Bytes key = cursor.next();
            LogRecord found = newest(key, cursor.getValue());
            Invariant.check(!found.tombstone(), "index has deleted key %s", key);
            living++;
        }
        Invariant.check(living == this.maps.index().sizeAsLong(), "index counts %d keys and has %d",
                this.maps.index().sizeAsLong(), living);
    }

    /** The maps contradict each other. */
    static final class DanglingEntryException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DanglingEntryException(String message) {
            super(message);
        }

    }

}
