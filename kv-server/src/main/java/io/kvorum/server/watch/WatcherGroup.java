/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.ArrayList;
import java.util.List;

import io.kvorum.server.store.ReadView;
import io.kvorum.server.watch.WatchSink.Delivered;

/**
 * The watchers that want the same: same range, same filters, same wish for previous
 * values. What matches is looked up and collected once for all of them. Confined to its
 * owner's thread.
 */
final class WatcherGroup {

    private final WatchSpec spec;

    private final List<RegisteredWatcher> watchers = new ArrayList<>(1);

    private List<Delivered> collected = new ArrayList<>(1);

    WatcherGroup(WatchSpec spec) {
        this.spec = spec;
    }

    WatchSpec spec() {
        return this.spec;
    }

    void add(RegisteredWatcher watcher) {
        watcher.position = this.watchers.size();
        this.watchers.add(watcher);
    }

    void remove(RegisteredWatcher watcher) {
        RegisteredWatcher last = this.watchers.remove(this.watchers.size() - 1);
        if (last != watcher) {
            this.watchers.set(watcher.position, last);
            last.position = watcher.position;
        }
    }

    /** The watchers now; changes of the group do not change the answer. */
    List<RegisteredWatcher> watchers() {
        return List.copyOf(this.watchers);
    }

    boolean isEmpty() {
        return this.watchers.isEmpty();
    }

    /**
     * Collects an event if the group wants it.
     * @param event the event
     * @param view where to find its previous state
     * @return whether it is the first one collected
     */
    boolean collect(SharedEvent event, ReadView view) {
        if (this.spec.without().contains(event.event().type())) {
            return false;
        }
        this.collected.add(event.delivered(this.spec.previous(), view));
        return this.collected.size() == 1;
    }

    /** Returns what was collected and forgets it. */
    List<Delivered> takeCollected() {
        List<Delivered> taken = this.collected;
        this.collected = new ArrayList<>(1);
        return taken;
    }

    /** Returns the part of a list, ordered by revision, that begins at a revision. */
    static List<Delivered> from(long revision, List<Delivered> events) {
        int first = 0;
        while (first < events.size() && events.get(first).event().kv().modRevision() < revision) {
            first++;
        }
        return (first == 0) ? events : events.subList(first, events.size());
    }

}
