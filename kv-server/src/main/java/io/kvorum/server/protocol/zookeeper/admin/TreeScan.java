/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.function.Consumer;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;

/** Walks through keys of the tree, a page at a time. Blocks. */
final class TreeScan {

    private static final int KEYS_PER_PAGE = 2048;

    /** Pages with values get so large that they hold about as much as this. */
    private static final int BYTES_PER_PAGE = 4 << 20;

    private static final int FIRST_PAGE = 32;

    private final Source source;

    TreeScan(Source source) {
        this.source = source;
    }

    void keys(KeyRange range, Consumer<KeyValue> each) {
        walk(range, true, each);
    }

    void values(KeyRange range, Consumer<KeyValue> each) {
        walk(range, false, each);
    }

    private void walk(KeyRange range, boolean keysOnly, Consumer<KeyValue> each) {
        Bytes next = range.start();
        long limit = keysOnly ? KEYS_PER_PAGE : FIRST_PAGE;
        boolean more = true;
        while (more) {
            RangeQuery query = new RangeQuery(new KeyRange(next, range.end()), 0, limit, RangeQuery.Sort.NONE,
                    RangeQuery.RevisionFilter.NONE, keysOnly, false);
            RangeResult page = Answers.await(this.source.range(query)).range();
            long bytes = 1;
            for (KeyValue kv : page.kvs()) {
                each.accept(kv);
                next = kv.key().successor();
                bytes += kv.value().length();
            }
            more = page.more();
            if (!keysOnly) {
                limit = Math.max(1, Math.min(KEYS_PER_PAGE, limit * BYTES_PER_PAGE / bytes));
            }
        }
    }

}
