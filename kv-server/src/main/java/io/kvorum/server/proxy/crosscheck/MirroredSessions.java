/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy.crosscheck;

import java.util.LinkedHashMap;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;

/**
 * Which session of the real ZooKeeper goes with which of the proxy's, so that both move
 * together when a client connects again. Safe for any thread.
 */
final class MirroredSessions {

    /** With more, the session that was used longest ago is forgotten. */
    private static final int MOST = 10_000;

    @GuardedBy("this")
    private final Map<Long, Mirrored> sessions = new LinkedHashMap<>(16, 0.75f, true);

    synchronized void put(long session, Mirrored mirrored) {
        this.sessions.put(session, mirrored);
        if (this.sessions.size() > MOST) {
            this.sessions.remove(this.sessions.keySet().iterator().next());
        }
    }

    synchronized @Nullable Mirrored find(long session) {
        return this.sessions.get(session);
    }

    /**
     * A session of the real ZooKeeper.
     *
     * @param id its id
     * @param password its password
     */
    record Mirrored(long id, Bytes password) {
    }

}
