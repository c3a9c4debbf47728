/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One entry as it is stored: length, checksum, index, term, type, data. The checksum
 * covers everything but itself.
 *
 * @param index position in the log
 * @param term the term of the leader that appended it
 * @param type what the data means to the engine
 * @param data the data; its position and limit are not changed
 */
record LogRecord(long index, long term, byte type, ByteBuffer data) {

    /** Bytes before the data. */
    static final int HEADER_BYTES = 4 + 4 + 8 + 8 + 1;

    /** Larger records are not written, and a larger length read is damage. */
    static final int MAX_DATA_BYTES = 256 << 20;

    /** Largest type. */
    static final byte MAX_TYPE = 16;

    int sizeBytes() {
        return HEADER_BYTES + this.data.remaining();
    }

    /** Puts the header, checksum included, into a buffer. */
    void encodeHeader(ByteBuffer target) {
        int start = target.position();
        target.putInt(this.data.remaining()).putInt(0).putLong(this.index).putLong(this.term).put(this.type);
        CRC32C crc = new CRC32C();
        updateHeader(crc, target, start);
        crc.update(this.data.duplicate());
        target.putInt(start + 4, (int) crc.getValue());
    }

    /** Adds the header's fields, but not the checksum's place, to a checksum. */
    static void updateHeader(CRC32C crc, ByteBuffer source, int start) {
        crc.update(source.duplicate().position(start).limit(start + 4));
        crc.update(source.duplicate().limit(start + HEADER_BYTES).position(start + 8));
    }

}
