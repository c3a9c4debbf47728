/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.time.Duration;

/**
 * How znodes that go by themselves are found and deleted.
 *
 * @param checkInterval time between two looks at all of them
 * @param maxDeletesPerMinute most that are deleted in a minute; the others wait for the
 * next look
 * @param neverUsed age at which a container that never had a child goes too; zero for
 * never
 */
public record TransientSettings(Duration checkInterval, int maxDeletesPerMinute, Duration neverUsed) {

    /** ZooKeeper's own defaults. */
    public static final TransientSettings DEFAULTS = new TransientSettings(Duration.ofMinutes(1), 10_000,
            Duration.ZERO);

    /** Returns how many znodes one look may delete. */
    int maxDeletesPerLook() {
        long perLook = this.maxDeletesPerMinute * this.checkInterval.toMillis() / Duration.ofMinutes(1).toMillis();
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, perLook));
    }

}
