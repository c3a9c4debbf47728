/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The watches of one connection. Each knows the revision at which its client looked, so
 * that what the client has seen does not fire it. Confined to the connection's event
 * loop, except the counts.
 */
final class SessionWatches {

    /** By mode, then by path: the revision after which it fires. */
    private final Map<WatchMode, Map<String, Long>> watches = new EnumMap<>(WatchMode.class);

    private volatile int dataCount;

    private volatile int childCount;

    SessionWatches() {
        for (WatchMode mode : WatchMode.values()) {
            this.watches.put(mode, new HashMap<>());
        }
    }

    void add(WatchMode mode, String path, long since) {
        of(mode).put(path, since);
        count();
    }

    /** Removes a watch, and tells whether it was there. */
    boolean remove(WatchMode mode, String path) {
        boolean removed = of(mode).remove(path) != null;
        count();
        return removed;
    }

    boolean has(WatchMode mode, String path) {
        return of(mode).containsKey(path);
    }

    /** Tells whether any watch but a recursive one is on this very path. */
    boolean has(String path) {
        return has(WatchMode.DATA, path) || has(WatchMode.CHILDREN, path) || has(WatchMode.PERSISTENT, path);
    }

    boolean isEmpty() {
        for (Map<String, Long> paths : this.watches.values()) {
            if (!paths.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the paths with watches but recursive ones. */
    Set<String> paths() {
        Set<String> paths = new TreeSet<>(of(WatchMode.DATA).keySet());
        paths.addAll(of(WatchMode.CHILDREN).keySet());
        paths.addAll(of(WatchMode.PERSISTENT).keySet());
        return paths;
    }

    /** Returns the paths with recursive watches. */
    Set<String> recursivePaths() {
        return new TreeSet<>(of(WatchMode.RECURSIVE).keySet());
    }

    /** Returns the paths with watches but those on children only. */
    Set<String> dataPaths() {
        Set<String> paths = new TreeSet<>(of(WatchMode.DATA).keySet());
        paths.addAll(of(WatchMode.PERSISTENT).keySet());
        paths.addAll(of(WatchMode.RECURSIVE).keySet());
        return paths;
    }

    /** Returns how many watches there are but those on children. Any thread. */
    int dataCount() {
        return this.dataCount;
    }

    /** Returns how many watches on children there are. Any thread. */
    int childCount() {
        return this.childCount;
    }

    /**
     * Takes the one-shot watches away that an event fires.
     * @return whether any watch fires; the client hears of the event once, however many
     */
    boolean fire(TreeEvent event) {
        boolean ofChildren = event.kind() == TreeEvent.Kind.CHILDREN_CHANGED;
        boolean fired = sees(WatchMode.PERSISTENT, event.path(), event);
        if (!ofChildren) {
            fired = fireOnce(WatchMode.DATA, event) || fired;
            fired = fired || seenFromAbove(event);
        }
        if (ofChildren || event.kind() == TreeEvent.Kind.DELETED) {
            fired = fireOnce(WatchMode.CHILDREN, event) || fired;
        }
        return fired;
    }

    private boolean fireOnce(WatchMode mode, TreeEvent event) {
        boolean fires = sees(mode, event.path(), event);
        if (fires) {
            of(mode).remove(event.path());
            count();
        }
        return fires;
    }

    private boolean seenFromAbove(TreeEvent event) {
        if (of(WatchMode.RECURSIVE).isEmpty()) {
            return false;
        }
        return event.lineage().stream().anyMatch((path) -> sees(WatchMode.RECURSIVE, path, event));
    }

    private boolean sees(WatchMode mode, String path, TreeEvent event) {
        Long since = of(mode).get(path);
        return since != null && event.zxid() > since;
    }

    private void count() {
        int persistent = of(WatchMode.PERSISTENT).size();
        this.dataCount = of(WatchMode.DATA).size() + persistent + of(WatchMode.RECURSIVE).size();
        this.childCount = of(WatchMode.CHILDREN).size() + persistent;
    }

    private Map<String, Long> of(WatchMode mode) {
        Map<String, Long> paths = this.watches.get(mode);
        if (paths == null) {
            throw new IllegalStateException("no watches of mode " + mode);
        }
        return paths;
    }

}
