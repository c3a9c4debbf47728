/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;
import org.jspecify.annotations.Nullable;

/** A view of frozen maps. */
final class MvccView implements ReadView {

    private final Snapshot snapshot;

    private final VersionPins.Pin pin;

    private final ReadFailures failures;

    private final Measures measures;

    MvccView(Snapshot snapshot, VersionPins.Pin pin, ReadFailures failures, Measures measures) {
        this.snapshot = snapshot;
        this.pin = pin;
        this.failures = failures;
        this.measures = measures;
    }

    Snapshot snapshot() {
        return this.snapshot;
    }

    VersionPins.Pin pin() {
        return this.pin;
    }

    @Override
    public long revision() {
        return this.snapshot.state().revision();
    }

    @Override
    public long compactRevision() {
        return this.snapshot.state().compactRevision();
    }

    @Override
    public long appliedIndex() {
        return this.snapshot.state().appliedIndex();
    }

    @Override
    public long keyCount() {
        return this.snapshot.maps().index().sizeAsLong();
    }

    @Override
    public @Nullable KeyValue get(Bytes key) {
        this.pin.retain();
        try {
            return this.snapshot.get(key);
        }
        catch (RuntimeException ex) {
            throw this.failures.forReader(ex, "reading key " + key);
        }
        finally {
            this.pin.release();
        }
    }

    @Override
    public RangeResult range(RangeQuery query) {
        this.measures.counters().read();
        return retained(() -> RangeReader.read(this.snapshot, query), query.range());
    }

    @Override
    public long history(long fromRevision, long toRevision, int maxEvents, Consumer<List<Event>> consumer) {
        return retained(() -> this.snapshot.history(fromRevision, toRevision, maxEvents, consumer),
                "revisions " + fromRevision + " to " + toRevision);
    }

    @Override
    public List<Bytes> keysOfLease(long lease) {
        return retained(() -> this.snapshot.keysOfLease(lease), "the keys of a lease");
    }

    @Override
    public @Nullable Bytes row(String table, Bytes row) {
        this.pin.retain();
        try {
            return this.snapshot.row(table, row);
        }
        catch (RuntimeException ex) {
            throw this.failures.forReader(ex, "reading table " + table);
        }
        finally {
            this.pin.release();
        }
    }

    @Override
    public void rows(String table, RowConsumer consumer) {
        Boolean unused = retained(() -> {
            this.snapshot.rows(table, consumer);
            return true;
        }, table);
    }

    @Override
    public Hash hash(long revision) {
        long start = this.measures.clock().nanoTime();
        Hash hash = retained(() -> RevisionHash.of(this.snapshot, revision), "history");
        this.measures.timings().hashed(this.measures.clock().nanoTime() - start);
        return hash;
    }

    @Override
    public Retained retain() {
        this.pin.retain();
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                this.pin.release();
            }
        };
    }

    // A read keeps the view by itself, however long it takes; and a view that is too old
    // is told from a damaged one.
    private <T> T retained(Supplier<T> read, Object what) {
        this.pin.retain();
        try {
            return read.get();
        }
        catch (RuntimeException ex) {
            throw this.failures.forReader(ex, "reading " + what);
        }
        finally {
            this.pin.release();
        }
    }

}
