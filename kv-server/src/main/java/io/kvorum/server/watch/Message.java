/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;

import io.kvorum.server.common.Event;
import io.kvorum.server.store.ReadView;

/** What the delivering thread is told. */
sealed interface Message {

    /**
     * An applied batch.
     *
     * @param revisions its events, one list per revision, neither empty
     * @param view the store after it
     */
    record Publication(List<List<SharedEvent>> revisions, ReadView view) implements Message {

        static Publication of(List<List<Event>> revisions, ReadView view) {
            return new Publication(
                    revisions.stream().map((events) -> events.stream().map(SharedEvent::new).toList()).toList(), view);
        }

        long firstRevision() {
            return this.revisions.get(0).get(0).revision();
        }

        long lastRevision() {
            return this.revisions.get(this.revisions.size() - 1).get(0).revision();
        }

        long sizeBytes() {
            long bytes = 0;
            for (List<SharedEvent> events : this.revisions) {
                for (SharedEvent event : events) {
                    bytes += event.sizeBytes();
                }
            }
            return bytes;
        }

    }

    /**
     * Applied batches were not kept: what they changed is in history only.
     *
     * @param upTo the last revision missing
     */
    record Gap(long upTo) implements Message {
    }

    /**
     * A new watcher.
     *
     * @param watcher the watcher
     * @param known the newest revision that was visible after the watcher was counted
     */
    record Registered(RegisteredWatcher watcher, long known) implements Message {
    }

    /** A watcher was cancelled. */
    record Cancelled(RegisteredWatcher watcher) implements Message {
    }

    /** The sink of a watcher has room again. */
    record Resumed(RegisteredWatcher watcher) implements Message {
    }

    /** A watcher has read history to its end. */
    record CaughtUp(RegisteredWatcher watcher) implements Message {
    }

    /** The sink of a watcher that reads history has no room. */
    record Held(RegisteredWatcher watcher) implements Message {
    }

    /** Somebody wants to know how far these watchers are. */
    record ProgressAsked(Collection<? extends Watcher> watchers, LongConsumer answer) implements Message {
    }

}
