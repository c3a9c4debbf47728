/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.nio.ByteBuffer;

import io.kvorum.server.common.Bytes;

/**
 * What a subtree with a quota uses, as ZooKeeper writes it down beside the limits.
 *
 * @param count number of znodes
 * @param bytes bytes of their data
 */
record Usage(long count, long bytes) {

    static final int ENCODED_BYTES = 2 * Long.BYTES;

    Usage plus(long moreCount, long moreBytes) {
        return new Usage(this.count + moreCount, this.bytes + moreBytes);
    }

    /** The data of the znode that tells it. */
    Bytes text() {
        return Bytes.utf8("count=" + this.count + ",bytes=" + this.bytes);
    }

    void writeTo(ByteBuffer out) {
        out.putLong(this.count).putLong(this.bytes);
    }

    static Usage readFrom(ByteBuffer in) {
        return new Usage(in.getLong(), in.getLong());
    }

}
