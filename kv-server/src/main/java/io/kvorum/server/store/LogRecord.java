/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyValue;

/**
 * One change of one key, as the log keeps it.
 *
 * @param revision the packed revision
 * @param kv the key as it stands after a put; for a tombstone only the key and the
 * revision
 * @param tombstone whether the key was deleted
 * @param previous packed revision of the change of this key before this one, or 0
 * @param jump packed revision of a change further back, or 0; see {@link Chain}
 */
record LogRecord(long revision, KeyValue kv, boolean tombstone, long previous, long jump) {

    /** What an object of this class and its parts need beside the bytes they hold. */
    private static final int OVERHEAD_BYTES = 168;

    static LogRecord tombstone(long revision, Bytes key, long previous, long jump) {
        KeyValue kv = new KeyValue(key, Bytes.EMPTY, 0, PackedRevision.main(revision), 0, 0);
        return new LogRecord(revision, kv, true, previous, jump);
    }

    Event toEvent() {
        return new Event(this.tombstone ? Event.Type.DELETE : Event.Type.PUT, this.kv);
    }

    int memoryBytes() {
        return OVERHEAD_BYTES + this.kv.key().length() + this.kv.value().length();
    }

}
