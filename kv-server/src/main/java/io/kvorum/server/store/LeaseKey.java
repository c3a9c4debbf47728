/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

import io.kvorum.server.common.Bytes;
import org.h2.mvstore.Cursor;

/** Keys of the lease map: eight bytes of lease id, then the key that the lease owns. */
final class LeaseKey {

    private LeaseKey() {
    }

    static Bytes of(long lease, Bytes key) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + key.length()).putLong(lease).put(key.array()).array());
    }

    static void walk(StoreMap<Bytes, Bytes> leases, long lease, Consumer<Bytes> consumer) {
        byte[] prefix = of(lease, Bytes.EMPTY).array();
        Cursor<Bytes, Bytes> cursor = leases.cursor(Bytes.wrap(prefix), null, false);
        while (cursor.hasNext()) {
            byte[] found = cursor.next().array();
            if (!Arrays.equals(found, 0, Long.BYTES, prefix, 0, Long.BYTES)) {
                return;
            }
            consumer.accept(Bytes.wrap(Arrays.copyOfRange(found, Long.BYTES, found.length)));
        }
    }

}
