/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.nio.ByteBuffer;

import io.kvorum.server.common.Bytes;

/**
 * What is stored of a znode's children; the revision of its key is the znode's pzxid.
 *
 * @param created how many were ever created: the number of the next sequential one
 * @param living how many there are
 */
record ChildCounts(int created, int living) {

    static final ChildCounts NONE = new ChildCounts(0, 0);

    private static final byte FORMAT = 1;

    private static final int BYTES = 1 + 2 * Integer.BYTES;

    ChildCounts afterCreate() {
        return new ChildCounts(this.created + 1, this.living + 1);
    }

    ChildCounts afterDeletes(int count) {
        return new ChildCounts(this.created, this.living - count);
    }

    /** What clients see as cversion: creations and deletions together. */
    int changes() {
        return 2 * this.created - this.living;
    }

    Bytes encode() {
        return Bytes.wrap(ByteBuffer.allocate(BYTES).put(FORMAT).putInt(this.created).putInt(this.living).array());
    }

    static ChildCounts decode(Bytes value) {
        TreeFormat.check(value, FORMAT, BYTES);
        ByteBuffer in = ByteBuffer.wrap(value.array());
        in.get();
        return new ChildCounts(in.getInt(), in.getInt());
    }

}
