/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.ArrayList;
import java.util.List;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Writes straight into the live maps and notes how to undo it; so its reads see its own
 * writes for free. Confined to the apply thread and to one call of
 * {@link MvccStore#transact}.
 */
final class MvccTransaction implements Transaction {

    private final StoreMaps maps;

    private final RecordCache cache;

    private final IndexAppend append;

    private final UndoLog undo;

    private final StoreState before;

    private final StoreCounters.Operations operations = new StoreCounters.Operations();

    private Snapshot snapshot;

    private List<Event> events = List.of();

    MvccTransaction(Snapshot live, IndexAppend append, UndoLog undo) {
        this.maps = live.maps();
        this.cache = live.cache();
        this.append = append;
        this.undo = undo;
        this.before = live.state();
        this.snapshot = live;
    }

    @Override
    public long revision() {
        return this.snapshot.state().revision();
    }

    @Override
    public @Nullable KeyValue get(Bytes key) {
        return this.snapshot.get(key);
    }

    @Override
    public RangeResult range(RangeQuery query) {
        this.operations.range();
        return RangeReader.read(this.snapshot, query);
    }

    @Override
    public void put(Bytes key, Bytes value, long lease) {
        this.operations.put(key.length() + value.length());
        long revision = nextRevision();
        IndexEntry entry = this.append.put(key, revision, lease);
        IndexEntry old = this.append.old();
        Chain chain = this.append.chain();
        this.undo.changed(this.maps.index(), key, old);
        if (this.append.fromDead() != null) {
            this.undo.changed(this.maps.dead(), key, this.maps.dead().remove(key));
        }
        KeyValue kv = new KeyValue(key, value, entry.createRevision(), PackedRevision.main(revision), entry.version(),
                lease);
        write(new LogRecord(revision, kv, false, chain.newest(), chain.nextJump()));
        long oldLease = (old != null) ? old.lease() : 0;
        if (oldLease != lease) {
            detach(oldLease, key);
            attach(lease, key);
        }
    }

    @Override
    public long delete(KeyRange range) {
        this.operations.delete();
        if (range.isEmpty()) {
            return 0;
        }
        if (range.isSingle()) {
            IndexEntry entry = this.maps.index().remove(range.start());
            if (entry == null) {
                return 0;
            }
            deleted(range.start(), entry);
            return 1;
        }
        // The cursor walks the map as it is now; removing does not disturb it.
        Cursor<Bytes, IndexEntry> cursor = this.maps.index().cursor(range.start(), null, false);
        long count = 0;
        while (cursor.hasNext()) {
            Bytes key = cursor.next();
            if (!range.contains(key)) {
                break;
            }
            this.maps.index().remove(key);
            deleted(key, cursor.getValue());
            count++;
        }
        return count;
    }

    @Override
    public List<Bytes> keysOfLease(long lease) {
        return this.snapshot.keysOfLease(lease);
    }

    @Override
    public void putRow(String table, Bytes row, @Nullable Bytes value) {
        Bytes key = RowKey.of(table, row);
        Bytes old = (value != null) ? this.maps.rows().put(key, value) : this.maps.rows().remove(key);
        this.undo.changed(this.maps.rows(), key, old);
    }

    @Override
    public @Nullable Bytes row(String table, Bytes row) {
        return this.snapshot.row(table, row);
    }

    /** Returns the changes of keys, in order. */
    List<Event> events() {
        return this.events;
    }

    /** Returns what was asked of the transaction. */
    StoreCounters.Operations operations() {
        return this.operations;
    }

    /** Returns the state that the transaction leaves. */
    StoreState state() {
        return this.snapshot.state();
    }

    void rollback() {
        this.undo.rollback();
        long main = this.before.revision() + 1;
        for (int sub = 0; sub < this.events.size(); sub++) {
            this.cache.remove(PackedRevision.of(main, sub));
        }
    }

    private void deleted(Bytes key, IndexEntry entry) {
        this.undo.changed(this.maps.index(), key, entry);
        long revision = nextRevision();
        Chain chain = entry.chain();
        this.maps.dead().put(key, entry.delete(revision));
        this.undo.changed(this.maps.dead(), key, null);
        write(LogRecord.tombstone(revision, key, chain.newest(), chain.nextJump()));
        detach(entry.lease(), key);
    }

    private long nextRevision() {
        int sub = this.events.size();
        if (sub > PackedRevision.MAX_SUB) {
            // The same on every member, because it does not depend on a setting.
            throw new KvException(KvException.Code.TOO_MANY_OPS,
                    "a transaction changes at most " + (PackedRevision.MAX_SUB + 1) + " keys", null);
        }
        if (sub == 0) {
            this.events = new ArrayList<>(1);
            this.snapshot = new Snapshot(this.maps, this.before.withRevision(this.before.revision() + 1), this.cache);
        }
        return PackedRevision.of(revision(), sub);
    }

    private void write(LogRecord change) {
        this.maps.log().put(change.revision(), change);
        this.undo.changed(this.maps.log(), change.revision(), null);
        this.cache.put(change);
        this.events.add(change.toEvent());
    }

    private void attach(long lease, Bytes key) {
        if (lease != 0) {
            Bytes leaseKey = LeaseKey.of(lease, key);
            this.undo.changed(this.maps.leases(), leaseKey, this.maps.leases().put(leaseKey, Bytes.EMPTY));
        }
    }

    private void detach(long lease, Bytes key) {
        if (lease != 0) {
            Bytes leaseKey = LeaseKey.of(lease, key);
            this.undo.changed(this.maps.leases(), leaseKey, this.maps.leases().remove(leaseKey));
        }
    }

}
