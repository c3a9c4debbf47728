/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.util.List;

import io.kvorum.server.watch.WatchSink.Delivered;

/**
 * A WatchResponse, encoded: what is its own, and the events it shares with the responses
 * of other watchers.
 */
final class WatchReply {

    private final byte[] head;

    private final List<Delivered> events;

    private final int sizeBytes;

    private WatchReply(byte[] head, List<Delivered> events, int sizeBytes) {
        this.head = head;
        this.events = events;
        this.sizeBytes = sizeBytes;
    }

    static WatchReply of(byte[] head) {
        return new WatchReply(head, List.of(), head.length);
    }

    static WatchReply of(byte[] head, List<Delivered> events) {
        int size = head.length;
        for (Delivered event : events) {
            size += EventEncoder.encoded(event).length;
        }
        return new WatchReply(head, events, size);
    }

    /** All fields before the events, encoded. */
    byte[] head() {
        return this.head;
    }

    List<Delivered> events() {
        return this.events;
    }

    int sizeBytes() {
        return this.sizeBytes;
    }

}
