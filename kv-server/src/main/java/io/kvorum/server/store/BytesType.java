/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;

import io.kvorum.server.common.Bytes;
import org.h2.mvstore.WriteBuffer;

/** Byte strings as values of a page. */
final class BytesType extends ChecksummedType<Bytes> {

    private static final int OVERHEAD_BYTES = 40;

    BytesType(String map) {
        super("values of " + map);
    }

    @Override
    void encode(WriteBuffer out, Bytes[] items, int count) {
        for (int i = 0; i < count; i++) {
            Varints.writeBytes(out, items[i]);
        }
    }

    @Override
    void decode(ByteBuffer in, Bytes[] items, int count) {
        for (int i = 0; i < count; i++) {
            items[i] = Varints.readBytes(in);
        }
    }

    @Override
    public int getMemory(Bytes obj) {
        return OVERHEAD_BYTES + obj.length();
    }

    @Override
    public boolean isMemoryEstimationAllowed() {
        return false;
    }

    @Override
    public Bytes[] createStorage(int size) {
        return new Bytes[size];
    }

}
