/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.watch.WatchSink.Delivered;

/**
 * Events as they stand in replies, one behind the other. Watchers of the same get the
 * same list from the hub, so their replies share this object.
 */
final class EncodedEvents {

    /** No events. */
    static final EncodedEvents NONE = new EncodedEvents(List.of());

    /**
     * Small lists are joined once, which makes writing them to many connections cheap.
     */
    private static final int MAX_JOINED_BYTES = 64 << 10;

    private final List<Delivered> events;

    private final int sizeBytes;

    private byte @Nullable [] joined;

    EncodedEvents(List<Delivered> events) {
        this.events = events;
        int size = 0;
        for (Delivered event : events) {
            size += EventEncoder.encoded(event).length;
        }
        this.sizeBytes = size;
    }

    boolean isOf(List<Delivered> list) {
        return this.events == list;
    }

    int sizeBytes() {
        return this.sizeBytes;
    }

    void writeTo(OutputStream target) throws IOException {
        if (this.events.size() > 1 && this.sizeBytes <= MAX_JOINED_BYTES) {
            target.write(joined());
            return;
        }
        for (Delivered event : this.events) {
            target.write(EventEncoder.encoded(event));
        }
    }

    private synchronized byte[] joined() {
        byte[] joined = this.joined;
        if (joined == null) {
            joined = new byte[this.sizeBytes];
            int position = 0;
            for (Delivered event : this.events) {
                byte[] bytes = EventEncoder.encoded(event);
                System.arraycopy(bytes, 0, joined, position, bytes.length);
                position += bytes.length;
            }
            this.joined = joined;
        }
        return joined;
    }

}
