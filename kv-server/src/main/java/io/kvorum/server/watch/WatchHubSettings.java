/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.time.Duration;

/**
 * Bounds of the watch hub.
 *
 * @param maxWatchers how many watchers may be registered; further ones are refused
 * @param maxPendingBytes how many bytes of events may wait for the delivering thread;
 * beyond that they are dropped and all watchers read them from history
 * @param recentEvents how many delivered events are kept in memory, so that a watcher
 * that is only a little behind need not read history
 * @param recentBytes how many bytes these may have
 * @param historyEvents how many events one step of catching up reads at most (a single
 * revision is never split)
 * @param historyBytes how many bytes of keys and values such a step aims at
 * @param historyWatchers how many watchers share such a step
 * @param catchUpThreads how many threads read history
 * @param retryDelay how long catching up waits after history could not be read
 */
public record WatchHubSettings(int maxWatchers, int maxPendingBytes, int recentEvents, int recentBytes,
        int historyEvents, int historyBytes, int historyWatchers, int catchUpThreads, Duration retryDelay) {

    /** What a member uses when nothing else is said. */
    public static final WatchHubSettings DEFAULTS = new WatchHubSettings(1_000_000, 32 << 20, 1_000, 4 << 20, 1_000,
            4 << 20, 512, 2, Duration.ofMillis(100));

    /** Checks that every bound is positive. */
    public WatchHubSettings {
        positive("maxWatchers", maxWatchers);
        positive("maxPendingBytes", maxPendingBytes);
        positive("recentEvents", recentEvents);
        positive("recentBytes", recentBytes);
        positive("historyEvents", historyEvents);
        positive("historyBytes", historyBytes);
        positive("historyWatchers", historyWatchers);
        positive("catchUpThreads", catchUpThreads);
        positive("retryDelay", retryDelay.toMillis());
    }

    /**
     * Returns the same bounds for another number of watchers.
     * @param count how many watchers may be registered
     * @return the bounds
     */
    public WatchHubSettings withMaxWatchers(int count) {
        return new WatchHubSettings(count, this.maxPendingBytes, this.recentEvents, this.recentBytes,
                this.historyEvents, this.historyBytes, this.historyWatchers, this.catchUpThreads, this.retryDelay);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

}
