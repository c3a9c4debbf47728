/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.Set;

import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;

/**
 * What a watcher wants.
 *
 * @param range the keys
 * @param startRevision first revision wanted, or 0 for what comes next
 * @param without types of events to leave out
 * @param previous whether each event comes with the key as it was before
 */
public record WatchSpec(KeyRange range, long startRevision, Set<Event.Type> without, boolean previous) {

    /** Checks the start revision and copies the set. */
    public WatchSpec {
        if (startRevision < 0) {
            throw new IllegalArgumentException("startRevision is negative: " + startRevision);
        }
        without = Set.copyOf(without);
    }

}
