/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyValue;

/** Keeps what it gets, and has room for as many calls as it is told. */
final class RecordingSink implements WatchSink {

    private final List<Delivered> delivered = new ArrayList<>();

    private final List<Call> calls = new ArrayList<>();

    private final AtomicReference<@Nullable Thread> caller = new AtomicReference<>();

    private int room = Integer.MAX_VALUE;

    private long compactRevision = -1;

    private boolean ended;

    @Override
    public synchronized boolean hasRoom() {
        return this.room > 0;
    }

    @Override
    public boolean deliver(List<Delivered> events, long revision) {
        // Invariant 3: another thread may come, but not at the same time.
        Thread other = this.caller.getAndSet(Thread.currentThread());
        if (other != null) {
            throw new AssertionError("two threads deliver at the same time");
        }
        try {
            return record(events, revision);
        }
        finally {
            this.caller.set(null);
        }
    }

    private synchronized boolean record(List<Delivered> events, long revision) {
        if (this.ended || events.isEmpty()) {
            throw new AssertionError("called after the end, or without events");
        }
        if (last(events).kv().modRevision() > revision) {
            throw new AssertionError("event of a revision after " + revision);
        }
        this.delivered.addAll(events);
        this.calls.add(new Call(events.get(0).event().kv().modRevision(), last(events).kv().modRevision()));
        this.room--;
        return this.room > 0;
    }

    private static Event last(List<Delivered> events) {
        return events.get(events.size() - 1).event();
    }

    @Override
    public synchronized void compacted(long compactRevision) {
        this.compactRevision = compactRevision;
        this.ended = true;
    }

    synchronized RecordingSink room(int calls) {
        this.room = calls;
        return this;
    }

    synchronized List<Event> events() {
        return this.delivered.stream().map(Delivered::event).toList();
    }

    synchronized List<Delivered> delivered() {
        return List.copyOf(this.delivered);
    }

    synchronized List<@Nullable String> previousValues() {
        List<@Nullable String> values = new ArrayList<>();
        for (Delivered event : this.delivered) {
            KeyValue previous = event.previous();
            values.add((previous != null) ? previous.value().toUtf8() : null);
        }
        return values;
    }

    synchronized List<Call> calls() {
        return List.copyOf(this.calls);
    }

    /** Keys and revisions, such as {@code a@2}; deletions as {@code -a@3}. */
    synchronized List<String> text() {
        return this.delivered.stream()
            .map(Delivered::event)
            .map((event) -> ((event.type() == Event.Type.DELETE) ? "-" : "") + event.kv().key() + "@"
                    + event.kv().modRevision())
            .toList();
    }

    synchronized long compactRevision() {
        return this.compactRevision;
    }

    /** The first and the last revision of a call. */
    record Call(long first, long last) {
    }

}
