/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.state;

import java.util.List;
import java.util.function.Function;

import io.kvorum.server.command.Compare;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;

/** Evaluates the comparisons of transactions. */
final class Comparison {

    private Comparison() {
    }

    static boolean holds(Compare compare, Function<RangeQuery, RangeResult> reader) {
        List<KeyValue> kvs = reader.apply(RangeQuery.of(compare.range())).kvs();
        if (kvs.isEmpty()) {
            // etcd: a missing key compares as zero, and never holds by value.
            return compare.target() != Compare.Target.VALUE
                    && compare.relation().holds(Long.compare(0, compare.number()));
        }
        return kvs.stream().allMatch((kv) -> compare.relation().holds(compareWith(compare, kv)));
    }

    private static int compareWith(Compare compare, KeyValue kv) {
        return switch (compare.target()) {
            case VALUE -> kv.value().compareTo(compare.value());
            case VERSION -> Long.compare(kv.version(), compare.number());
            case CREATE -> Long.compare(kv.createRevision(), compare.number());
            case MOD -> Long.compare(kv.modRevision(), compare.number());
            case LEASE -> Long.compare(kv.lease(), compare.number());
        };
    }

}
