/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;

/**
 * What the store must do, in the simplest way: a list of all changes ever made, folded
 * anew for each question.
 */
final class ModelStore {

    private final List<Event> changes = new ArrayList<>();

    private Map<Bytes, Bytes> rows = new TreeMap<>();

    private long revision = 1;

    private long compactRevision;

    /** A point to which can be rolled back. */
    record Mark(int changes, long revision, Map<Bytes, Bytes> rows) {
    }

    long revision() {
        return this.revision;
    }

    long compactRevision() {
        return this.compactRevision;
    }

    Mark mark() {
        return new Mark(this.changes.size(), this.revision, new TreeMap<>(this.rows));
    }

    void rollback(Mark mark) {
        this.changes.subList(mark.changes(), this.changes.size()).clear();
        this.revision = mark.revision();
        this.rows = mark.rows();
    }

    void put(long atRevision, Bytes key, Bytes value, long lease) {
        this.revision = atRevision;
        KeyValue old = at(atRevision).get(key);
        KeyValue kv = (old != null)
                ? new KeyValue(key, value, old.createRevision(), atRevision, old.version() + 1, lease)
                : new KeyValue(key, value, atRevision, atRevision, 1, lease);
        this.changes.add(new Event(Event.Type.PUT, kv));
    }

    long delete(long atRevision, KeyRange range) {
        List<Bytes> keys = at(atRevision).keySet().stream().filter(range::contains).toList();
        if (!keys.isEmpty()) {
            this.revision = atRevision;
        }
        keys.forEach((key) -> this.changes
            .add(new Event(Event.Type.DELETE, new KeyValue(key, Bytes.EMPTY, 0, atRevision, 0, 0))));
        return keys.size();
    }

    void putRow(Bytes row, Bytes value) {
        this.rows.put(row, value);
    }

    void removeRow(Bytes row) {
        this.rows.remove(row);
    }

    Map<Bytes, Bytes> rows() {
        return this.rows;
    }

    void compact(long atRevision) {
        this.compactRevision = atRevision;
    }

    Map<Bytes, KeyValue> at(long atRevision) {
        Map<Bytes, KeyValue> state = new TreeMap<>();
        for (Event change : this.changes) {
            if (change.kv().modRevision() <= atRevision) {
                if (change.type() == Event.Type.PUT) {
                    state.put(change.kv().key(), change.kv());
                }
                else {
                    state.remove(change.kv().key());
                }
            }
        }
        return state;
    }

    List<Bytes> keysOfLease(long lease) {
        return at(this.revision).values().stream().filter((kv) -> kv.lease() == lease).map(KeyValue::key).toList();
    }

    /**
     * All events from a revision on; of each key only the last one at the compact
     * revision.
     */
    List<Event> history(long from, long to) {
        List<Event> wanted = this.changes.stream()
            .filter((event) -> event.kv().modRevision() >= from && event.kv().modRevision() <= to)
            .toList();
        return lastOfCompactRevision(wanted, this.compactRevision);
    }

    static List<Event> lastOfCompactRevision(List<Event> events, long compactRevision) {
        Set<Bytes> seen = new HashSet<>();
        List<Event> kept = new ArrayList<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            Event event = events.get(i);
            if (event.kv().modRevision() != compactRevision || seen.add(event.kv().key())) {
                kept.add(0, event);
            }
        }
        return kept;
    }

    RangeResult range(RangeQuery query) {
        long wanted = (query.revision() > 0) ? query.revision() : this.revision;
        List<KeyValue> all = at(wanted).values().stream().filter((kv) -> query.range().contains(kv.key())).toList();
        if (query.countOnly()) {
            return new RangeResult(List.of(), false, all.size());
        }
        boolean unsorted = query.sort().order() == RangeQuery.Sort.Order.NONE && query.filter().isNone();
        List<KeyValue> kvs = new ArrayList<>(all);
        if (unsorted && query.limit() > 0 && kvs.size() > query.limit()) {
            kvs = new ArrayList<>(kvs.subList(0, (int) query.limit() + 1));
        }
        kvs.removeIf((kv) -> !query.filter().accepts(kv));
        kvs.sort(comparator(query.sort()));
        boolean more = query.limit() > 0 && kvs.size() > query.limit();
        if (more) {
            kvs = new ArrayList<>(kvs.subList(0, (int) query.limit()));
        }
        if (query.keysOnly()) {
            kvs.replaceAll((kv) -> new KeyValue(kv.key(), Bytes.EMPTY, kv.createRevision(), kv.modRevision(),
                    kv.version(), kv.lease()));
        }
        return new RangeResult(kvs, more, all.size());
    }

    private static Comparator<KeyValue> comparator(RangeQuery.Sort sort) {
        Comparator<KeyValue> order = switch (sort.target()) {
            case KEY -> Comparator.comparing(KeyValue::key);
            case VERSION -> Comparator.comparing(KeyValue::version);
            case CREATE -> Comparator.comparing(KeyValue::createRevision);
            case MOD -> Comparator.comparing(KeyValue::modRevision);
            case VALUE -> Comparator.comparing(KeyValue::value);
        };
        return ((sort.order() == RangeQuery.Sort.Order.DESCEND) ? order.reversed() : order)
            .thenComparing(KeyValue::key);
    }

}
