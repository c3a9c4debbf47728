/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeQuery.Sort;
import io.kvorum.server.common.RangeResult;
import org.h2.mvstore.Cursor;

/** Answers one {@link RangeQuery} as etcd does. */
final class RangeReader {

    /** Bounds the walk that saves counting a large range key by key. */
    private static final long MAX_CHANGES_TO_UNDO = 2000;

    private static final RangeResult NOTHING = new RangeResult(List.of(), false, 0);

    private final Snapshot snapshot;

    private final RangeQuery query;

    private final long revision;

    private final boolean newest;

    private final long limit;

    private RangeReader(Snapshot snapshot, RangeQuery query, long revision) {
        this.snapshot = snapshot;
        this.query = query;
        this.revision = revision;
        this.newest = revision == snapshot.state().revision();
        this.limit = (query.limit() > 0) ? query.limit() : Long.MAX_VALUE;
    }

    static RangeResult read(Snapshot snapshot, RangeQuery query) {
        long revision = snapshot.checkReadable(query.revision());
        if (query.range().isEmpty()) {
            return NOTHING;
        }
        return new RangeReader(snapshot, query, revision).read();
    }

    private RangeResult read() {
        if (this.query.countOnly()) {
            return new RangeResult(List.of(), false, count());
        }
        if (this.newest && this.query.range().isSingle() && this.query.filter().isNone()) {
            return single();
        }
        Sort sort = this.query.sort();
        if (sort.target() == Sort.Target.KEY) {
            return inKeyOrder(sort.order() == Sort.Order.DESCEND);
        }
        if (sort.order() == Sort.Order.NONE && this.query.filter().isNone()) {
            return limitedThenSorted();
        }
        return sorted();
    }

    private RangeResult single() {
        Bytes key = this.query.range().start();
        IndexEntry entry = this.snapshot.maps().index().get(key);
        if (entry == null) {
            return NOTHING;
        }
        KeyValue kv = this.query.keysOnly() ? entry.toKeyOnly(key) : this.snapshot.newest(key, entry).kv();
        return new RangeResult(List.of(kv), false, 1);
    }

    private RangeResult inKeyOrder(boolean reverse) {
        RangeRows rows = rows(reverse);
        List<KeyValue> kvs = new ArrayList<>();
        boolean filtered = !this.query.filter().isNone();
        long seen = 0;
        boolean more = false;
        while (!more && rows.next()) {
            seen++;
            if (filtered && !this.query.filter().accepts(rows.keyOnly())) {
                continue;
            }
            if (kvs.size() == this.limit) {
                more = true;
            }
            else {
                kvs.add(row(rows));
            }
        }
        return new RangeResult(kvs, more, more ? count() : seen);
    }

    /**
     * Sort target without an order: etcd cuts one key behind the limit, in key order, and
     * sorts what is left.
     */
    private RangeResult limitedThenSorted() {
        RangeRows rows = rows(false);
        List<KeyValue> kvs = new ArrayList<>();
        while (kvs.size() <= this.limit && rows.next()) {
            kvs.add(rows.full());
        }
        kvs.sort(comparator());
        boolean more = kvs.size() > this.limit;
        long count = more ? count() : kvs.size();
        if (more) {
            kvs.remove(kvs.size() - 1);
        }
        return new RangeResult(withoutValues(kvs), more, count);
    }

    private RangeResult sorted() {
        boolean needsValues = this.query.sort().target() == Sort.Target.VALUE || !this.query.keysOnly();
        RangeRows rows = rows(false);
        Comparator<KeyValue> order = comparator();
        // The last one of the wanted keys on top, so that it is the one to fall out.
        PriorityQueue<KeyValue> best = new PriorityQueue<>(order.reversed());
        long seen = 0;
        boolean more = false;
        while (rows.next()) {
            seen++;
            if (!this.query.filter().isNone() && !this.query.filter().accepts(rows.keyOnly())) {
                continue;
            }
            best.add(needsValues ? rows.full() : rows.keyOnly());
            if (best.size() > this.limit) {
                best.remove();
                more = true;
            }
        }
        List<KeyValue> kvs = new ArrayList<>(best);
        kvs.sort(order);
        return new RangeResult(withoutValues(kvs), more, seen);
    }

    private List<KeyValue> withoutValues(List<KeyValue> kvs) {
        if (this.query.keysOnly()) {
            kvs.replaceAll((kv) -> new KeyValue(kv.key(), Bytes.EMPTY, kv.createRevision(), kv.modRevision(),
                    kv.version(), kv.lease()));
        }
        return kvs;
    }

    private Comparator<KeyValue> comparator() {
        Comparator<KeyValue> byTarget = switch (this.query.sort().target()) {
            case KEY -> Comparator.comparing(KeyValue::key);
            case VERSION -> Comparator.comparingLong(KeyValue::version);
            case CREATE -> Comparator.comparingLong(KeyValue::createRevision);
            case MOD -> Comparator.comparingLong(KeyValue::modRevision);
            case VALUE -> Comparator.comparing(KeyValue::value);
        };
        boolean descending = this.query.sort().order() == Sort.Order.DESCEND;
        return (descending ? byTarget.reversed() : byTarget).thenComparing(KeyValue::key);
    }

    private RangeRows rows(boolean reverse) {
        return rows(this.query.range(), reverse);
    }

    private RangeRows rows(KeyRange range, boolean reverse) {
        return this.newest ? RangeRows.newest(this.snapshot, range, reverse)
                : RangeRows.at(this.snapshot, range, this.revision, reverse);
    }

    private KeyValue row(RangeRows rows) {
        return this.query.keysOnly() ? rows.keyOnly() : rows.full();
    }

    private long count() {
        return this.newest ? countNewest() : countPast();
    }

    private long countNewest() {
        StoreMap<Bytes, IndexEntry> index = this.snapshot.maps().index();
        Bytes end = this.query.range().end();
        return ((end != null) ? index.rank(end) : index.sizeAsLong()) - index.rank(this.query.range().start());
    }

    // A client that pages through a range at a fixed revision asks for this with each
    // page.
    private long countPast() {
        StoreMap<Long, LogRecord> log = this.snapshot.maps().log();
        long changesSince = log.sizeAsLong() - log.rank(PackedRevision.first(this.revision + 1));
        long newestCount = countNewest();
        if (changesSince <= Math.min(MAX_CHANGES_TO_UNDO, newestCount)) {
            return newestCount + undoChanges(log);
        }
        RangeRows rows = rows(false);
        long count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }

    /** Returns how many keys more there were before the changes since the revision. */
    private long undoChanges(StoreMap<Long, LogRecord> log) {
        Cursor<Long, LogRecord> cursor = log.cursor(PackedRevision.first(this.revision + 1), null, false);
        Set<Bytes> seen = new HashSet<>();
        long difference = 0;
        while (cursor.hasNext()) {
            cursor.next();
            LogRecord change = cursor.getValue();
            Bytes key = change.kv().key();
            if (this.query.range().contains(key) && seen.add(key)) {
                boolean existed = change.tombstone() || change.kv().version() > 1;
                boolean exists = this.snapshot.maps().index().containsKey(key);
                difference += (existed ? 1 : 0) - (exists ? 1 : 0);
            }
        }
        return difference;
    }

}
