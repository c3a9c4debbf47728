/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.store.ReadView;
import io.kvorum.server.watch.WatchSink.Delivered;

/**
 * The last events that were delivered, without a gap, so that a watcher that is a little
 * behind can join without reading history. Confined to the delivering thread.
 */
final class RecentEvents {

    private final Deque<SharedEvent> events = new ArrayDeque<>();

    private final int maxEvents;

    private final int maxBytes;

    private int bytes;

    /** The last answer: watchers of the same tend to come back together. */
    private @Nullable Selection selection;

    /** Everything after this revision is there. */
    private long after;

    RecentEvents(WatchHubSettings settings, long after) {
        this.maxEvents = settings.recentEvents();
        this.maxBytes = settings.recentBytes();
        this.after = after;
    }

    /** Adds the next event. */
    void add(SharedEvent event) {
        this.selection = null;
        this.events.addLast(event);
        this.bytes += event.sizeBytes();
        while (this.events.size() > this.maxEvents || this.bytes > this.maxBytes) {
            SharedEvent first = this.events.removeFirst();
            this.bytes -= first.sizeBytes();
            // The rest of that revision may still be here, but not all of it.
            this.after = first.revision();
        }
    }

    /** Forgets all, because something is missing in between. */
    void restart(long after) {
        this.selection = null;
        this.events.clear();
        this.bytes = 0;
        this.after = after;
    }

    /** Tells whether all events from a revision on are there. */
    boolean covers(long revision) {
        return revision > this.after;
    }

    /**
     * Returns what a watcher wants of the events that it has not got yet.
     * @param watcher the watcher
     * @param view where to find previous states
     */
    List<Delivered> select(RegisteredWatcher watcher, ReadView view) {
        WatchSpec spec = watcher.groupSpec();
        Selection last = this.selection;
        if (last != null && last.next == watcher.next && last.spec.equals(spec)) {
            return last.events;
        }
        List<Delivered> selected = new ArrayList<>();
        for (SharedEvent event : this.events) {
            if (event.revision() >= watcher.next && spec.range().contains(event.event().kv().key())
                    && !spec.without().contains(event.event().type())) {
                selected.add(event.delivered(spec.previous(), view));
            }
        }
        this.selection = new Selection(spec, watcher.next, selected);
        return selected;
    }

    private record Selection(WatchSpec spec, long next, List<Delivered> events) {
    }

}
