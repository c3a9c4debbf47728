/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.tree.Session;
import io.kvorum.server.tree.TreeKey;
import io.kvorum.server.tree.TreeKeys;

/** The sessions of the cluster and what they own. Blocks. */
final class SessionReport {

    private static final long MILLIS_PER_SECOND = 1000;

    private final Facts facts;

    SessionReport(Facts facts) {
        this.facts = facts;
    }

    /** Timeouts in milliseconds by session. */
    SortedMap<Long, Integer> timeouts() {
        SortedMap<Long, Integer> found = new TreeMap<>();
        new TreeScan(this.facts.source()).values(TreeKeys.SESSIONS, (kv) -> {
            TreeKey key = TreeKeys.parse(kv.key());
            if (key != null) {
                found.put(key.session(), Session.decode(kv.value()).timeoutMillis());
            }
        });
        return found;
    }

    /** Sessions by the time at which they will end, in milliseconds since the epoch. */
    SortedMap<Long, List<Long>> expiries() {
        Source source = this.facts.source();
        Map<Long, CompletableFuture<Long>> rests = new LinkedHashMap<>();
        timeouts().keySet().forEach((session) -> rests.put(session, source.remainingSeconds(session)));
        long now = this.facts.clock().currentTimeMillis() / MILLIS_PER_SECOND;
        SortedMap<Long, List<Long>> found = new TreeMap<>();
        rests.forEach((session, answer) -> {
            long rest = Answers.await(answer);
            if (rest >= 0) {
                found.computeIfAbsent((now + rest) * MILLIS_PER_SECOND, (time) -> new ArrayList<>()).add(session);
            }
        });
        return found;
    }

    /** Ephemeral znodes by the session that owns them. */
    SortedMap<Long, List<String>> ephemerals() {
        SortedMap<Long, List<String>> found = new TreeMap<>();
        new TreeScan(this.facts.source()).keys(TreeKeys.ALL, (kv) -> {
            TreeKey key = TreeKeys.parse(kv.key());
            if (key != null && key.kind() == TreeKey.Kind.NODE && kv.lease() != 0) {
                found.computeIfAbsent(kv.lease(), (session) -> new ArrayList<>()).add(key.path());
            }
        });
        return found;
    }

}
