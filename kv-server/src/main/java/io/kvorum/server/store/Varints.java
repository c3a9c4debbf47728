/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;

import io.kvorum.server.common.Bytes;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;

/** Numbers and bytes in their short form, as pages and images hold them. */
final class Varints {

    private Varints() {
    }

    static int readInt(ByteBuffer in) {
        return DataUtils.readVarInt(in);
    }

    static long readLong(ByteBuffer in) {
        return DataUtils.readVarLong(in);
    }

    static void writeBytes(WriteBuffer out, Bytes bytes) {
        out.putVarInt(bytes.length()).put(bytes.array());
    }

    static Bytes readBytes(ByteBuffer in) {
        byte[] bytes = new byte[readInt(in)];
        in.get(bytes);
        return Bytes.wrap(bytes);
    }

    /** Writes a packed revision as the distance to a newer one. */
    static void writeRevision(WriteBuffer out, long newer, long revision) {
        out.putVarLong(PackedRevision.main(newer) - PackedRevision.main(revision))
            .putVarInt(PackedRevision.sub(revision));
    }

    static long readRevision(ByteBuffer in, long newer) {
        long main = PackedRevision.main(newer) - readLong(in);
        return PackedRevision.of(main, readInt(in));
    }

}
