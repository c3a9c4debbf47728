/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.store.ReadView;

/**
 * Finds the watchers of an event: by hash for single keys, by {@link RangeTree} for
 * ranges. Confined to its owner's thread.
 */
final class WatcherIndex {

    private final Map<WatchSpec, WatcherGroup> groups = new HashMap<>();

    private final Map<Bytes, List<WatcherGroup>> singles = new HashMap<>();

    private final RangeTree<WatcherGroup> ranges = new RangeTree<>();

    private List<WatcherGroup> touched = new ArrayList<>();

    void add(RegisteredWatcher watcher) {
        WatcherGroup group = this.groups.get(watcher.groupSpec());
        if (group == null) {
            group = new WatcherGroup(watcher.groupSpec());
            this.groups.put(group.spec(), group);
            if (group.spec().range().isSingle()) {
                this.singles.computeIfAbsent(group.spec().range().start(), (key) -> new ArrayList<>(1)).add(group);
            }
            else {
                this.ranges.add(group.spec().range(), group);
            }
        }
        group.add(watcher);
    }

    void remove(RegisteredWatcher watcher) {
        WatcherGroup group = this.groups.get(watcher.groupSpec());
        if (group == null) {
            return;
        }
        group.remove(watcher);
        if (group.isEmpty()) {
            this.groups.remove(group.spec());
            if (group.spec().range().isSingle()) {
                this.singles.computeIfPresent(group.spec().range().start(), (key, groups) -> {
                    groups.remove(group);
                    return groups.isEmpty() ? null : groups;
                });
            }
            else {
                this.ranges.remove(group.spec().range(), group);
            }
        }
    }

    boolean isEmpty() {
        return this.groups.isEmpty();
    }

    List<RegisteredWatcher> watchers() {
        return this.groups.values().stream().flatMap((group) -> group.watchers().stream()).toList();
    }

    /**
     * Collects an event for all groups that want it. Events come in order.
     * @param event the event
     * @param view where to find its previous state
     */
    void collect(SharedEvent event, ReadView view) {
        Bytes key = event.event().kv().key();
        Consumer<WatcherGroup> collect = (group) -> {
            if (group.collect(event, view)) {
                this.touched.add(group);
            }
        };
        List<WatcherGroup> single = this.singles.get(key);
        if (single != null) {
            single.forEach(collect);
        }
        this.ranges.forEachContaining(key, collect);
    }

    /** Returns the groups for which something was collected since the last call. */
    List<WatcherGroup> takeTouched() {
        List<WatcherGroup> taken = this.touched;
        this.touched = new ArrayList<>();
        return taken;
    }

}
