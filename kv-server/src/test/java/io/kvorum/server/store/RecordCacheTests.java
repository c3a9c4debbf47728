/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordCacheTests {

    private static final int MAX_BYTES = 64 * 1024;

    private final RecordCache cache = new RecordCache(MAX_BYTES);

    @Test
    void neverHoldsMoreThanItMay() {
        long held = 0;
        for (int i = 1; i <= 10_000; i++) {
            this.cache.put(change(i, 100 + i % 3000));
        }
        for (int i = 1; i <= 10_000; i++) {
            LogRecord found = this.cache.get(i);
            if (found != null) {
                assertThat(found.revision()).isEqualTo(i);
                held += found.memoryBytes();
            }
        }
        assertThat(held).isPositive().isLessThanOrEqualTo(MAX_BYTES);
    }

    @Test
    void forgetsWhatWasRolledBack() {
        this.cache.put(change(5, 10));
        assertThat(this.cache.get(5)).isNotNull();
        this.cache.remove(5);
        assertThat(this.cache.get(5)).isNull();
    }

    @Test
    void leavesLargeRecordsOut() {
        this.cache.put(change(5, 17 * 1024));
        assertThat(this.cache.get(5)).isNull();
    }

    private static LogRecord change(long revision, int size) {
        KeyValue kv = new KeyValue(Bytes.utf8("k"), Bytes.wrap(new byte[size]), 1, 1, 1, 0);
        return new LogRecord(revision, kv, false, 0, 0);
    }

}
