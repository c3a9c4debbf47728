/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyValue;

/** Takes the events of one watcher. Called by one thread at a time; must not block. */
public interface WatchSink {

    /**
     * Tells whether there is room for events of the past. Asked before they are read;
     * after {@code false} the hub keeps quiet until {@link Watcher#resume()}.
     * @return whether to go on
     */
    default boolean hasRoom() {
        return true;
    }

    /**
     * Takes events. All events of the revisions in it are there; none is empty.
     * @param events the events, in order
     * @param revision the store's revision: everything up to it was delivered when the
     * watcher is synced
     * @return whether there is room for more; after {@code false} the hub keeps quiet
     * until {@link Watcher#resume()}
     */
    boolean deliver(List<Delivered> events, long revision);

    /**
     * The history from the start revision on is gone. Nothing follows.
     * @param compactRevision the oldest revision that can be watched from
     */
    void compacted(long compactRevision);

    /**
     * An event on its way to watchers. Shared by all watchers that get it, so that a
     * protocol can keep its encoded form with it.
     */
    final class Delivered {

        private final Event event;

        private final @Nullable KeyValue previous;

        private volatile byte @Nullable [] encoded;

        /**
         * Creates the delivery.
         * @param event the event
         * @param previous the key as it was, or {@code null} if not wanted, not there or
         * compacted
         */
        public Delivered(Event event, @Nullable KeyValue previous) {
            this.event = event;
            this.previous = previous;
        }

        /**
         * Returns the event.
         * @return the event
         */
        public Event event() {
            return this.event;
        }

        /**
         * Returns the key as it was before.
         * @return the key, or {@code null}
         */
        public @Nullable KeyValue previous() {
            return this.previous;
        }

        /**
         * Returns the encoded form, made on first use. Several threads may make it at the
         * same time; they make the same.
         * @param encoder makes it
         * @return the encoded form, not to be changed
         */
        public byte[] encoded(Function<Delivered, byte[]> encoder) {
            byte[] bytes = this.encoded;
            if (bytes == null) {
                bytes = encoder.apply(this);
                this.encoded = bytes;
            }
            return bytes;
        }

    }

}
