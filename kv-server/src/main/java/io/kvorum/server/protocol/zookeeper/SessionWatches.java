/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The one-shot watches of one connection. Each knows the revision at which its client
 * looked, so that what the client has seen does not fire it. Confined to the connection's
 * event loop.
 */
final class SessionWatches {

    private final Map<String, Long> data = new HashMap<>();

    private final Map<String, Long> children = new HashMap<>();

    void watchData(String path, long since) {
        this.data.put(path, since);
    }

    void watchChildren(String path, long since) {
        this.children.put(path, since);
    }

    boolean isEmpty() {
        return this.data.isEmpty() && this.children.isEmpty();
    }

    boolean has(String path) {
        return this.data.containsKey(path) || this.children.containsKey(path);
    }

    Set<String> paths() {
        Set<String> paths = new TreeSet<>(this.data.keySet());
        paths.addAll(this.children.keySet());
        return paths;
    }

    /**
     * Takes the watches away that an event fires.
     * @return whether there were any; the client hears of the event once, however many
     */
    boolean fire(TreeEvent event) {
        boolean data = event.kind() != TreeEvent.Kind.CHILDREN_CHANGED && fire(this.data, event);
        boolean ofChildren = event.kind() == TreeEvent.Kind.CHILDREN_CHANGED || event.kind() == TreeEvent.Kind.DELETED;
        boolean children = ofChildren && fire(this.children, event);
        return data || children;
    }

    private static boolean fire(Map<String, Long> watches, TreeEvent event) {
        Long since = watches.get(event.path());
        if (since == null || event.zxid() <= since) {
            return false;
        }
        watches.remove(event.path());
        return true;
    }

}
