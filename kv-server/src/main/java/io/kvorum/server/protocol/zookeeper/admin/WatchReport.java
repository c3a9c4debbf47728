/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Who watches what; watches on children are not listed, as in ZooKeeper. Blocks. */
final class WatchReport {

    private final PortView port;

    WatchReport(PortView port) {
        this.port = port;
    }

    /** Watched paths by the session that watches them. */
    Map<Long, Set<String>> bySession() {
        List<Long> sessions = new ArrayList<>();
        List<CompletableFuture<Set<String>>> watched = new ArrayList<>();
        for (ConnectionView connection : this.port.connections()) {
            if (connection.dataWatchCount() > 0) {
                sessions.add(connection.sessionId());
                watched.add(connection.watchedPaths());
            }
        }
        Map<Long, Set<String>> found = new LinkedHashMap<>();
        for (int i = 0; i < sessions.size(); i++) {
            found.put(sessions.get(i), Answers.await(watched.get(i)));
        }
        return found;
    }

    /** Watching sessions by the path that they watch. */
    Map<String, Set<Long>> byPath() {
        Map<String, Set<Long>> found = new LinkedHashMap<>();
        bySession().forEach((session, paths) -> paths
            .forEach((path) -> found.computeIfAbsent(path, (key) -> new TreeSet<>()).add(session)));
        return found;
    }

    Report summary() {
        Map<Long, Set<String>> sessions = bySession();
        long watches = sessions.values().stream().mapToLong(Set::size).sum();
        long paths = sessions.values().stream().flatMap(Set::stream).distinct().count();
        return new Report().with("num_connections", sessions.size())
            .with("num_paths", paths)
            .with("num_total_watches", watches);
    }

}
