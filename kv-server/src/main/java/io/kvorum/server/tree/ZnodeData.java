/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;

/**
 * What is stored of a znode itself; its zxids are the revisions of its key.
 *
 * @param data its data
 * @param version number of changes of its data
 * @param ctime time of its creation in milliseconds
 * @param mtime time of the last change of its data in milliseconds
 * @param lifetime how long it stays
 */
record ZnodeData(@Nullable Bytes data, int version, long ctime, long mtime, Lifetime lifetime) {

    /** A znode that is always there and was never written. */
    static final ZnodeData FIXED = new ZnodeData(Bytes.EMPTY, 0, 0, 0, Lifetime.PERSISTENT);

    /** Persistent and ephemeral znodes: those without a session are persistent. */
    private static final byte PLAIN = 1;

    /** Containers and znodes with a TTL: those without a TTL are containers. */
    private static final byte TRANSIENT = 2;

    private static final int HEADER_BYTES = 2 + Integer.BYTES + 3 * Long.BYTES;

    ZnodeData withData(@Nullable Bytes newData, long timeMillis) {
        return new ZnodeData(newData, this.version + 1, this.ctime, timeMillis, this.lifetime);
    }

    int length() {
        return (this.data != null) ? this.data.length() : 0;
    }

    Bytes encode() {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + length());
        out.put(this.lifetime.isTransient() ? TRANSIENT : PLAIN).put((byte) ((this.data != null) ? 1 : 0));
        out.putInt(this.version).putLong(this.ctime).putLong(this.mtime).putLong(this.lifetime.value());
        if (this.data != null) {
            out.put(this.data.array());
        }
        return Bytes.wrap(out.array());
    }

    static ZnodeData decode(Bytes value) {
        boolean isTransient = value.length() > 0 && value.array()[0] == TRANSIENT;
        TreeFormat.check(value, isTransient ? TRANSIENT : PLAIN, HEADER_BYTES);
        ByteBuffer in = ByteBuffer.wrap(value.array());
        in.get();
        boolean hasData = in.get() != 0;
        int version = in.getInt();
        long ctime = in.getLong();
        long mtime = in.getLong();
        Lifetime lifetime = lifetime(isTransient, in.getLong());
        Bytes data = hasData ? Bytes.wrap(Arrays.copyOfRange(value.array(), HEADER_BYTES, value.length())) : null;
        return new ZnodeData(data, version, ctime, mtime, lifetime);
    }

    private static Lifetime lifetime(boolean isTransient, long value) {
        if (isTransient) {
            return (value == 0) ? Lifetime.CONTAINER : Lifetime.ofTtl(value);
        }
        return (value == 0) ? Lifetime.PERSISTENT : Lifetime.ofSession(value);
    }

}
