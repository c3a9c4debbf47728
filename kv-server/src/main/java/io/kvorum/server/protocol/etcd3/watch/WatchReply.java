/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

/**
 * A WatchResponse, encoded: what is its own, and the events it shares with the responses
 * of other watchers.
 */
final class WatchReply {

    private final byte[] head;

    private final EncodedEvents events;

    /**
     * Creates the reply.
     * @param head all fields before the events, encoded
     * @param events the events
     */
    WatchReply(byte[] head, EncodedEvents events) {
        this.head = head;
        this.events = events;
    }

    byte[] head() {
        return this.head;
    }

    EncodedEvents events() {
        return this.events;
    }

    int sizeBytes() {
        return this.head.length + this.events.sizeBytes();
    }

}
