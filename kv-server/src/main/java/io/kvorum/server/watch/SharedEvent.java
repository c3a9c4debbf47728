/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.watch.WatchSink.Delivered;

/**
 * An event with its two forms, with and without the key's previous state. Each form is
 * made once, when the first watcher wants it, however many watchers there are. Confined
 * to the thread that delivers.
 */
final class SharedEvent {

    private static final int OVERHEAD_BYTES = 128;

    private final Event event;

    private @Nullable Delivered plain;

    private @Nullable Delivered withPrevious;

    SharedEvent(Event event) {
        this.event = event;
    }

    Event event() {
        return this.event;
    }

    long revision() {
        return this.event.kv().modRevision();
    }

    /** What the event keeps in memory, about. */
    int sizeBytes() {
        return OVERHEAD_BYTES + this.event.kv().key().length() + this.event.kv().value().length();
    }

    /**
     * Returns a form of the event.
     * @param previous whether with the key's previous state
     * @param view where that is read, if nobody has wanted it yet
     */
    Delivered delivered(boolean previous, ReadView view) {
        return previous ? withPrevious(view) : plain();
    }

    private Delivered plain() {
        Delivered delivered = this.plain;
        if (delivered == null) {
            delivered = new Delivered(this.event, null);
            this.plain = delivered;
        }
        return delivered;
    }

    private Delivered withPrevious(ReadView view) {
        Delivered delivered = this.withPrevious;
        if (delivered == null) {
            KeyValue previous = loadPrevious(view);
            delivered = (previous != null) ? new Delivered(this.event, previous) : plain();
            this.withPrevious = delivered;
        }
        return delivered;
    }

    private @Nullable KeyValue loadPrevious(ReadView view) {
        KeyValue kv = this.event.kv();
        boolean created = this.event.type() == Event.Type.PUT && kv.createRevision() == kv.modRevision();
        if (created) {
            return null;
        }
        try {
            RangeQuery query = RangeQuery.of(KeyRange.single(kv.key())).at(kv.modRevision() - 1);
            return view.range(query).kvs().stream().findFirst().orElse(null);
        }
        catch (KvException compacted) {
            // etcd: prev_kv is absent when its revision was compacted.
            return null;
        }
    }

}
