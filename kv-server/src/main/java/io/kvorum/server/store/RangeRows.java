/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a range at one revision, one after the other, in key order or against it.
 */
abstract class RangeRows {

    /** Goes to the next key; {@code false} behind the last one. */
    abstract boolean next();

    /** Returns the key and its numbers, without the value. */
    abstract KeyValue keyOnly();

    /** Returns the key with its value. */
    abstract KeyValue full();

    static RangeRows newest(Snapshot snapshot, KeyRange range, boolean reverse) {
        return new Newest(snapshot, new Walk(snapshot.maps().index(), range, reverse));
    }

    static RangeRows at(Snapshot snapshot, KeyRange range, long revision, boolean reverse) {
        return new Past(snapshot, range, PackedRevision.last(revision), reverse);
    }

    /** A cursor that knows where the range ends. */
    private static final class Walk {

        private final Cursor<Bytes, IndexEntry> cursor;

        private final KeyRange range;

        private final boolean reverse;

        private @Nullable Bytes key;

        Walk(StoreMap<Bytes, IndexEntry> map, KeyRange range, boolean reverse) {
            this.cursor = cursor(map, range, reverse);
            this.range = range;
            this.reverse = reverse;
        }

        @SuppressWarnings("NullAway") // no end means: from the last key of the map
        private static Cursor<Bytes, IndexEntry> cursor(StoreMap<Bytes, IndexEntry> map, KeyRange range,
                boolean reverse) {
            return map.cursor(reverse ? range.end() : range.start(), null, reverse);
        }

        @Nullable Bytes next() {
            this.key = null;
            while (this.cursor.hasNext()) {
                Bytes found = this.cursor.next();
                if (this.range.contains(found)) {
                    this.key = found;
                    return found;
                }
                // Against the key order the cursor may begin with the end itself.
                boolean beforeRange = this.reverse && found.compareTo(this.range.start()) >= 0;
                if (!beforeRange) {
                    return null;
                }
            }
            return null;
        }

        IndexEntry entry() {
            return this.cursor.getValue();
        }

    }

    /** Walks the index. */
    private static final class Newest extends RangeRows {

        private final Snapshot snapshot;

        private final Walk walk;

        private Bytes key = Bytes.EMPTY;

        Newest(Snapshot snapshot, Walk walk) {
            this.snapshot = snapshot;
            this.walk = walk;
        }

        @Override
        boolean next() {
            Bytes found = this.walk.next();
            if (found == null) {
                return false;
            }
            this.key = found;
            return true;
        }

        @Override
        KeyValue keyOnly() {
            return this.walk.entry().toKeyOnly(this.key);
        }

        @Override
        KeyValue full() {
            return this.snapshot.newest(this.key, this.walk.entry()).kv();
        }

    }

    /** Merges index and deleted keys, and follows each to the revision wanted. */
    private static final class Past extends RangeRows {

        private final Snapshot snapshot;

        private final long limit;

        private final boolean reverse;

        private final Walk living;

        private final Walk dead;

        /** The row, or {@code null} if the newest change of the key is the one wanted. */
        private @Nullable LogRecord current;

        private Bytes key = Bytes.EMPTY;

        private @Nullable IndexEntry entry;

        Past(Snapshot snapshot, KeyRange range, long limit, boolean reverse) {
            this.snapshot = snapshot;
            this.limit = limit;
            this.reverse = reverse;
            this.living = new Walk(snapshot.maps().index(), range, reverse);
            this.dead = new Walk(snapshot.maps().dead(), range, reverse);
            this.living.next();
            this.dead.next();
        }

        @Override
        boolean next() {
            while (true) {
                Walk first = first();
                Bytes found = first.key;
                if (found == null) {
                    return false;
                }
                this.key = found;
                boolean exists = resolve(first);
                first.next();
                if (exists) {
                    return true;
                }
            }
        }

        // Keys that did not change since need no look into the log, if only to count
        // them.
        @SuppressWarnings("ReferenceEquality")
        private boolean resolve(Walk walk) {
            IndexEntry newest = walk.entry();
            this.current = null;
            this.entry = newest;
            if (newest.revision() <= this.limit) {
                return walk == this.living;
            }
            LogRecord past = this.snapshot.at(newest, this.limit);
            this.current = past;
            return past != null && !past.tombstone();
        }

        @Override
        KeyValue keyOnly() {
            if (this.current == null) {
                return newest().toKeyOnly(this.key);
            }
            KeyValue kv = this.current.kv();
            return new KeyValue(kv.key(), Bytes.EMPTY, kv.createRevision(), kv.modRevision(), kv.version(), kv.lease());
        }

        @Override
        KeyValue full() {
            return (this.current != null) ? this.current.kv() : this.snapshot.newest(this.key, newest()).kv();
        }

        private IndexEntry newest() {
            IndexEntry found = this.entry;
            if (found == null) {
                throw new IllegalStateException("not on a row");
            }
            return found;
        }

        private Walk first() {
            Bytes left = this.living.key;
            Bytes right = this.dead.key;
            if (left == null || right == null) {
                return (left != null) ? this.living : this.dead;
            }
            return (left.compareTo(right) < 0 != this.reverse) ? this.living : this.dead;
        }

    }

}
