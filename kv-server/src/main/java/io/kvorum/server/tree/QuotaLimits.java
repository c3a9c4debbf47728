/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;

/**
 * What ZooKeeper's tools write down as the quota of a subtree; -1 is no limit.
 *
 * @param count most znodes, of which only is told when there are more
 * @param bytes most bytes of data, likewise
 * @param hardCount most znodes
 * @param hardBytes most bytes of data
 */
record QuotaLimits(long count, long bytes, long hardCount, long hardBytes) {

    private static final long NONE = -1;

    static QuotaLimits parse(@Nullable Bytes text) {
        Map<String, Long> values = values(text);
        return new QuotaLimits(values.getOrDefault("count", NONE), values.getOrDefault("bytes", NONE),
                values.getOrDefault("countHardLimit", NONE), values.getOrDefault("byteHardLimit", NONE));
    }

    static Usage parseUsage(@Nullable Bytes text) {
        Map<String, Long> values = values(text);
        return new Usage(values.getOrDefault("count", NONE), values.getOrDefault("bytes", NONE));
    }

    boolean forbids(Usage after, long moreCount, long moreBytes) {
        return isBeyond(this.hardCount, moreCount, after.count()) || isBeyond(this.hardBytes, moreBytes, after.bytes());
    }

    private static boolean isBeyond(long limit, long more, long after) {
        return more != 0 && limit > NONE && after > limit;
    }

    /** Anybody may have written anything there: what cannot be read is no limit. */
    private static Map<String, Long> values(@Nullable Bytes text) {
        Map<String, Long> values = new HashMap<>();
        if (text != null) {
            for (String pair : text.toUtf8().split("[,;]+", -1)) {
                int name = pair.indexOf('=');
                int end = pair.indexOf('=', name + 1);
                if (name > 0) {
                    values.put(pair.substring(0, name),
                            number(pair.substring(name + 1, (end < 0) ? pair.length() : end)));
                }
            }
        }
        return values;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        }
        catch (NumberFormatException unreadable) {
            return NONE;
        }
    }

}
