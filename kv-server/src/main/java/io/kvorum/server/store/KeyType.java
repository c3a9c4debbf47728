/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.kvorum.server.common.Bytes;
import org.h2.mvstore.WriteBuffer;

/** Keys in a page: each as the length it shares with the one before, and the rest. */
final class KeyType extends ChecksummedType<Bytes> {

    private static final int OVERHEAD_BYTES = 40;

    KeyType(String map) {
        super("keys of " + map);
    }

    @Override
    void encode(WriteBuffer out, Bytes[] items, int count) {
        byte[] before = Bytes.EMPTY.array();
        for (int i = 0; i < count; i++) {
            byte[] key = items[i].array();
            int mismatch = Arrays.mismatch(before, key);
            int shared = (mismatch >= 0) ? mismatch : key.length;
            out.putVarInt(shared).putVarInt(key.length - shared).put(key, shared, key.length - shared);
            before = key;
        }
    }

    @Override
    void decode(ByteBuffer in, Bytes[] items, int count) {
        byte[] before = Bytes.EMPTY.array();
        for (int i = 0; i < count; i++) {
            int shared = Varints.readInt(in);
            int rest = Varints.readInt(in);
            byte[] key = Arrays.copyOf(before, shared + rest);
            in.get(key, shared, rest);
            items[i] = Bytes.wrap(key);
            before = key;
        }
    }

    @Override
    public int compare(Bytes a, Bytes b) {
        return a.compareTo(b);
    }

    @Override
    public int binarySearch(Bytes key, Object storage, int size, int initialGuess) {
        Bytes[] keys = (Bytes[]) storage;
        byte[] wanted = key.array();
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(wanted, keys[middle].array());
            if (order > 0) {
                low = middle + 1;
            }
            else if (order < 0) {
                high = middle - 1;
            }
            else {
                return middle;
            }
        }
        return ~low;
    }

    @Override
    public int getMemory(Bytes obj) {
        return OVERHEAD_BYTES + obj.length();
    }

    @Override
    public Bytes[] createStorage(int size) {
        return new Bytes[size];
    }

}
