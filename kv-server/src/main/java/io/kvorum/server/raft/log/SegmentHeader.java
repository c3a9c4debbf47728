/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

import io.kvorum.server.raft.disk.DamagedFileException;

/** First bytes of a segment file: magic, format version, first index, checksum. */
final class SegmentHeader {

    static final int BYTES = 32;

    private static final long MAGIC = 0x4b564f52554d4c47L;

    private static final int FORMAT_VERSION = 1;

    private static final int CHECKSUM_AT = 24;

    private SegmentHeader() {
    }

    static ByteBuffer encode(long firstIndex) {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(0).putLong(firstIndex);
        header.putInt(checksum(header)).putInt(0);
        return header.flip();
    }

    static void verify(ByteBuffer header, Path file, long expectedFirstIndex) throws IOException {
        if (header.remaining() < BYTES || header.getLong(0) != MAGIC) {
            throw new DamagedFileException(file, 0, "this is not a segment of the log");
        }
        int version = header.getInt(8);
        if (version != FORMAT_VERSION) {
            throw new IOException("Segment " + file + " has format version " + version + ", this release knows "
                    + FORMAT_VERSION + ". Start the release that wrote it.");
        }
        if (header.getInt(CHECKSUM_AT) != checksum(header)) {
            throw new DamagedFileException(file, 0, "the checksum of the header does not match");
        }
        if (header.getLong(16) != expectedFirstIndex) {
            throw new DamagedFileException(file, 16,
                    "the header names first index " + header.getLong(16) + ", the file name another one");
        }
    }

    private static int checksum(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().position(0).limit(CHECKSUM_AT));
        return (int) crc.getValue();
    }

}
