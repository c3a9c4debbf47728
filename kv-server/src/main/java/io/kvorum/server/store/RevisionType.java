/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;

import org.h2.mvstore.WriteBuffer;

/**
 * Packed revisions as keys of a page: ascending, each as the distance to the one before.
 */
final class RevisionType extends ChecksummedType<Long> {

    private static final int MEMORY_BYTES = 24;

    RevisionType(String map) {
        super("revisions of " + map);
    }

    @Override
    void encode(WriteBuffer out, Long[] items, int count) {
        long main = 0;
        for (int i = 0; i < count; i++) {
            long packed = items[i];
            out.putVarLong(PackedRevision.main(packed) - main).putVarInt(PackedRevision.sub(packed));
            main = PackedRevision.main(packed);
        }
    }

    @Override
    void decode(ByteBuffer in, Long[] items, int count) {
        long main = 0;
        for (int i = 0; i < count; i++) {
            main += Varints.readLong(in);
            items[i] = PackedRevision.of(main, Varints.readInt(in));
        }
    }

    @Override
    public int compare(Long a, Long b) {
        return Long.compare(a, b);
    }

    @Override
    public int binarySearch(Long key, Object storage, int size, int initialGuess) {
        Long[] revisions = (Long[]) storage;
        long wanted = key;
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long revision = revisions[middle];
            if (wanted > revision) {
                low = middle + 1;
            }
            else if (wanted < revision) {
                high = middle - 1;
            }
            else {
                return middle;
            }
        }
        return ~low;
    }

    @Override
    public int getMemory(Long obj) {
        return MEMORY_BYTES;
    }

    @Override
    public Long[] createStorage(int size) {
        return new Long[size];
    }

}
