/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.time.Duration;

/**
 * Settings of the Watch service.
 *
 * @param maxRequestBytes etcd's max-request-bytes: what a client may send at most, and
 * with some overhead, how large the fragments are that it gets
 * @param maxResponseBytes how large a response of several revisions may become; a single
 * revision is split only for watchers that asked for fragments
 * @param streamBufferBytes how much may wait for the connection of one stream; beyond
 * that its watchers pause and read history later
 * @param progressInterval how often idle watchers that want it are told the revision; up
 * to a tenth is added by chance
 * @param electionTimeout three times this long without a leader, streams that require one
 * are ended
 */
public record WatchSettings(int maxRequestBytes, int maxResponseBytes, int streamBufferBytes, Duration progressInterval,
        Duration electionTimeout) {

    // Before the defaults, which are checked against it.
    private static final Duration MIN_PROGRESS_INTERVAL = Duration.ofMillis(100);

    /** What etcd does by default. */
    public static final WatchSettings DEFAULTS = new WatchSettings(1_572_864, 1 << 20, 8 << 20, Duration.ofMinutes(10),
            Duration.ofSeconds(1));

    private static final int FRAGMENT_OVERHEAD_BYTES = 512 << 10;

    /** Checks the bounds. */
    public WatchSettings {
        positive("maxRequestBytes", maxRequestBytes);
        positive("maxResponseBytes", maxResponseBytes);
        positive("streamBufferBytes", streamBufferBytes);
        positive("electionTimeout", electionTimeout.toMillis());
        if (progressInterval.compareTo(MIN_PROGRESS_INTERVAL) < 0) {
            throw new IllegalArgumentException("progressInterval must be at least " + MIN_PROGRESS_INTERVAL.toMillis()
                    + " ms: " + progressInterval);
        }
    }

    /**
     * Returns from which size on a response is split for those who asked for it.
     * @return the size
     */
    int fragmentBytes() {
        return this.maxRequestBytes + FRAGMENT_OVERHEAD_BYTES;
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

}
