/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;

/**
 * What was known last of znodes that were written or nearly so. It may be out of date:
 * whatever is done with it is committed on the condition that it is not. The oldest go
 * when there are too many bytes. Safe for any thread.
 */
final class RecordCache {

    /** What an entry takes beside the bytes of its keys and values. */
    private static final int ENTRY_BYTES = 256;

    private final long maxBytes;

    @GuardedBy("this")
    private final Map<KeyRange, ReadSet.Known> entries = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("this")
    private long bytes;

    RecordCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized ReadSet.@Nullable Known get(KeyRange range) {
        return this.entries.get(range);
    }

    /** Takes what is known of a few keys, unless something newer is. */
    synchronized void put(ReadSet.Known known) {
        if (!KeyMapping.isSmall(known.range())) {
            return;
        }
        ReadSet.Known before = this.entries.get(known.range());
        if (before != null && before.revision() > known.revision()) {
            return;
        }
        this.entries.put(known.range(), known);
        this.bytes += size(known) - ((before != null) ? size(before) : 0);
        Iterator<ReadSet.Known> oldest = this.entries.values().iterator();
        while (this.bytes > this.maxBytes && oldest.hasNext()) {
            this.bytes -= size(oldest.next());
            oldest.remove();
        }
    }

    synchronized long bytes() {
        return this.bytes;
    }

    private static long size(ReadSet.Known known) {
        long size = ENTRY_BYTES;
        for (KeyValue kv : known.kvs().values()) {
            size += ENTRY_BYTES + kv.key().length() + kv.value().length();
        }
        return size;
    }

}
