/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;

/**
 * What is known of the remote cluster while a write is tried: ranges, with the keys in
 * them. Whether it is still true is decided where the write is committed, so it may be of
 * several revisions. Confined to the attempt.
 */
final class ReadSet {

    private final TreeMap<Bytes, Known> known = new TreeMap<>();

    /** Takes what a range holds, in place of what was known of it. */
    void put(Known found) {
        this.known.put(found.range().start(), found);
    }

    /** Returns what is known of a range that holds a key. */
    @Nullable Known holding(Bytes key) {
        Map.Entry<Bytes, Known> entry = this.known.floorEntry(key);
        return (entry != null && entry.getValue().range.contains(key)) ? entry.getValue() : null;
    }

    /** Returns what is known of exactly this range. */
    @Nullable Known of(KeyRange range) {
        Known found = this.known.get(range.start());
        return (found != null && found.range.equals(range)) ? found : null;
    }

    /** Returns what is known of a range that was read. */
    Known read(KeyRange range) {
        Known found = of(range);
        if (found == null) {
            throw new IllegalStateException("was never read: " + range);
        }
        return found;
    }

    /**
     * A range.
     *
     * @param range the range
     * @param kvs the keys that are in it
     * @param revision when
     */
    record Known(KeyRange range, Map<Bytes, KeyValue> kvs, long revision) {

        static Known of(KeyRange range, List<KeyValue> kvs, long revision) {
            Map<Bytes, KeyValue> byKey = new LinkedHashMap<>();
            kvs.forEach((kv) -> byKey.put(kv.key(), kv));
            return new Known(range, byKey, revision);
        }

    }

}
