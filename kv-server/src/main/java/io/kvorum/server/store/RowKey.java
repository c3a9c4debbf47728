/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;

/** Keys of the map of small tables: the table's name, a zero byte, the row. */
final class RowKey {

    private RowKey() {
    }

    static Bytes of(String table, Bytes row) {
        byte[] name = table.getBytes(StandardCharsets.UTF_8);
        byte[] key = Arrays.copyOf(name, name.length + 1 + row.length());
        System.arraycopy(row.array(), 0, key, name.length + 1, row.length());
        return Bytes.wrap(key);
    }

    static KeyRange all(String table) {
        byte[] name = table.getBytes(StandardCharsets.UTF_8);
        byte[] end = Arrays.copyOf(name, name.length + 1);
        end[name.length] = 1;
        return new KeyRange(of(table, Bytes.EMPTY), Bytes.wrap(end));
    }

    static Bytes row(String table, Bytes key) {
        int from = table.getBytes(StandardCharsets.UTF_8).length + 1;
        return Bytes.wrap(Arrays.copyOfRange(key.array(), from, key.length()));
    }

}
