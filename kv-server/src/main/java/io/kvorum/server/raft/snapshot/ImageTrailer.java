/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;

/**
 * Last part of an image on its way: what it stands for, how long it is, and a checksum
 * over both. A part of its own, so that the receiver can tell it from the image.
 *
 * @param meta index, term and configuration
 * @param sizeBytes length of the image without this trailer
 * @param checksum of the image
 */
record ImageTrailer(SnapshotMeta meta, long sizeBytes, int checksum) {

    private static final int MAGIC = 0x4b56494d;

    private static final int HEADER_BYTES = 4 + 8 + 4 + 4;

    byte[] encode() {
        byte[] encodedMeta = this.meta.toByteArray();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + encodedMeta.length);
        bytes.putInt(MAGIC).putLong(this.sizeBytes).putInt(this.checksum).putInt(checksum(encodedMeta));
        return bytes.put(encodedMeta).array();
    }

    static ImageTrailer decode(byte[] encoded) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        if (encoded.length < HEADER_BYTES || bytes.getInt() != MAGIC) {
            throw new IOException("The image ends without its trailer");
        }
        long sizeBytes = bytes.getLong();
        int checksum = bytes.getInt();
        int metaChecksum = bytes.getInt();
        byte[] encodedMeta = new byte[bytes.remaining()];
        bytes.get(encodedMeta);
        if (checksum(encodedMeta) != metaChecksum) {
            throw new IOException("The checksum of the image's trailer does not match");
        }
        return new ImageTrailer(SnapshotMeta.parseFrom(encodedMeta), sizeBytes, checksum);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

}
