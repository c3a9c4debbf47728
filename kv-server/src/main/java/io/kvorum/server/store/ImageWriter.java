/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import io.kvorum.server.common.Bytes;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.WriteBuffer;

/** Writes the image of a snapshot; see {@link ImageFormat}. */
final class ImageWriter {

    private final DataOutputStream out;

    private final WriteBuffer block = new WriteBuffer();

    private final long[] entries = new long[ImageFormat.END];

    private final CRC32C total = new CRC32C();

    private long written;

    ImageWriter(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    /**
     * Writes everything.
     * @param snapshot what to write
     * @return number of bytes written
     * @throws IOException if the stream fails
     */
    long write(Snapshot snapshot) throws IOException {
        byte[] state = snapshot.state().encode().array();
        this.out.writeLong(ImageFormat.MAGIC);
        this.out.writeInt(ImageFormat.VERSION);
        this.out.writeInt(state.length);
        this.out.write(state);
        this.total.update(state);
        this.written = ImageFormat.HEAD_BYTES + state.length;
        StoreMaps maps = snapshot.maps();
        section(ImageFormat.LOG, maps.log(), (revision, change) -> LogRecordType.encode(this.block, change));
        section(ImageFormat.INDEX, maps.index(), this::indexEntry);
        section(ImageFormat.DEAD, maps.dead(), this::indexEntry);
        section(ImageFormat.LEASES, maps.leases(), this::bytes);
        section(ImageFormat.ROWS, maps.rows(), this::bytes);
        for (long count : this.entries) {
            this.block.putLong(count);
        }
        this.block.putInt((int) this.total.getValue());
        writeBlock(ImageFormat.END);
        int padding = (int) (-this.written & ImageFormat.PADDING - 1);
        this.out.write(new byte[padding]);
        this.out.flush();
        return this.written + padding;
    }

    private <K, V> void section(int section, StoreMap<K, V> map, EntryEncoder<K, V> encoder) throws IOException {
        Cursor<K, V> cursor = map.cursor(null, null, false);
        while (cursor.hasNext()) {
            K key = cursor.next();
            encoder.encode(key, cursor.getValue());
            this.entries[section]++;
            if (this.block.position() >= ImageFormat.BLOCK_BYTES) {
                writeBlock(section);
            }
        }
        if (this.block.position() > 0) {
            writeBlock(section);
        }
    }

    private void indexEntry(Bytes key, IndexEntry entry) {
        Varints.writeBytes(this.block, key);
        IndexEntryType.encode(this.block, entry);
    }

    private void bytes(Bytes key, Bytes value) {
        Varints.writeBytes(this.block, key);
        Varints.writeBytes(this.block, value);
    }

    private void writeBlock(int section) throws IOException {
        int length = this.block.position();
        ByteBuffer content = this.block.getBuffer();
        CRC32C crc = new CRC32C();
        crc.update(content.array(), content.arrayOffset(), length);
        int checksum = (int) crc.getValue();
        this.out.writeByte(section);
        this.out.writeInt(length);
        this.out.writeInt(checksum);
        this.out.write(content.array(), content.arrayOffset(), length);
        this.total.update(ByteBuffer.allocate(Integer.BYTES).putInt(checksum).flip());
        this.written += ImageFormat.BLOCK_HEAD_BYTES + length;
        this.block.clear();
    }

    /** Writes an entry into the block. */
    @FunctionalInterface
    private interface EntryEncoder<K, V> {

        void encode(K key, V value);

    }

}
