/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.kvorum.server.common.Clock;

/**
 * Lets one warning per subject and minute through, so that a peer that keeps trying does
 * not fill the log. Any thread.
 */
final class Warnings {

    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Subjects come from the network, so there may be any number of them. */
    private static final int MAX_SUBJECTS = 256;

    private final Clock clock;

    @GuardedBy("this")
    private final Map<String, Long> lastNanos = new LinkedHashMap<>();

    Warnings(Clock clock) {
        this.clock = clock;
    }

    /**
     * Tells whether to warn now.
     * @param subject what the warning is about
     * @return {@code true} at most once per minute
     */
    synchronized boolean due(String subject) {
        long now = this.clock.nanoTime();
        Long last = this.lastNanos.get(subject);
        if (last != null && now - last < INTERVAL_NANOS) {
            return false;
        }
        if (last == null && this.lastNanos.size() >= MAX_SUBJECTS) {
            // The subjects are in the order of their first warning; forgetting one costs
            // a line in the log.
            this.lastNanos.remove(this.lastNanos.keySet().iterator().next());
        }
        this.lastNanos.put(subject, now);
        return true;
    }

}
