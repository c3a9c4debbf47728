/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import io.kvorum.server.common.Bytes;
import org.h2.mvstore.MVStoreException;

/**
 * Reads an image into an empty engine; see {@link ImageFormat}. Everything is checked
 * before it is believed: the engine is to be thrown away after an exception.
 */
final class ImageReader {

    private final DataInputStream in;

    private final Engine target;

    private final long commitBytes;

    private final long[] entries = new long[ImageFormat.END];

    private final CRC32C total = new CRC32C();

    private ImageReader(InputStream in, Engine target, long commitBytes) {
        this.in = new DataInputStream(in);
        this.target = target;
        this.commitBytes = commitBytes;
    }

    /**
     * Reads an image.
     * @param in the image
     * @param target an empty engine
     * @param commitBytes memory to use for what is not written yet
     * @throws IOException if the image is damaged or cut off, or the disk refuses
     */
    static void read(InputStream in, Engine target, long commitBytes) throws IOException {
        try {
            new ImageReader(in, target, commitBytes).read();
        }
        catch (EOFException ex) {
            throw new IOException("the image ends too early", ex);
        }
        catch (MVStoreException ex) {
            throw new IOException("the image could not be written: " + ex.getMessage(), ex);
        }
    }

    private void read() throws IOException {
        check(this.in.readLong() == ImageFormat.MAGIC, "this is not an image of a store");
        int version = this.in.readInt();
        check(version == ImageFormat.VERSION,
                "the image has format " + version + ", this release reads " + ImageFormat.VERSION);
        int stateLength = this.in.readInt();
        check(stateLength > 0 && stateLength <= ImageFormat.BLOCK_BYTES, "the image's head is damaged");
        byte[] encodedState = this.in.readNBytes(stateLength);
        check(encodedState.length == stateLength, "the image ends too early");
        this.total.update(encodedState);
        int lastSection = 0;
        while (true) {
            int section = this.in.readUnsignedByte();
            check(section >= lastSection && section <= ImageFormat.END, "the image's blocks are out of order");
            lastSection = section;
            int expectedTotal = (int) this.total.getValue();
            ByteBuffer block = readBlock();
            if (section == ImageFormat.END) {
                checkEnd(block, expectedTotal);
                StoreState.decode(Bytes.wrap(encodedState)).write(this.target.maps().meta());
                return;
            }
            readEntries(section, block);
            if (this.target.store().getUnsavedMemory() > this.commitBytes) {
                this.target.store().commit();
            }
        }
    }

    private ByteBuffer readBlock() throws IOException {
        int length = this.in.readInt();
        int checksum = this.in.readInt();
        check(length > 0 && length <= ImageFormat.MAX_BLOCK_BYTES, "a block of the image has an impossible length");
        byte[] content = this.in.readNBytes(length);
        check(content.length == length, "the image ends too early");
        CRC32C crc = new CRC32C();
        crc.update(content);
        check((int) crc.getValue() == checksum, "a block of the image does not match its checksum");
        this.total.update(ByteBuffer.allocate(Integer.BYTES).putInt(checksum).flip());
        return ByteBuffer.wrap(content);
    }

    private void readEntries(int section, ByteBuffer block) throws IOException {
        try {
            while (block.hasRemaining()) {
                readEntry(section, block);
                this.entries[section]++;
            }
        }
        catch (BufferUnderflowException | NegativeArraySizeException ex) {
            throw new IOException("a block of the image is damaged", ex);
        }
    }

    private void readEntry(int section, ByteBuffer block) {
        StoreMaps maps = this.target.maps();
        if (section == ImageFormat.LOG) {
            LogRecord change = LogRecordType.decode(block);
            maps.log().put(change.revision(), change);
            return;
        }
        Bytes key = Varints.readBytes(block);
        switch (section) {
            case ImageFormat.INDEX -> maps.index().put(key, IndexEntryType.decode(block));
            case ImageFormat.DEAD -> maps.dead().put(key, IndexEntryType.decode(block));
            case ImageFormat.LEASES -> maps.leases().put(key, Varints.readBytes(block));
            default -> maps.rows().put(key, Varints.readBytes(block));
        }
    }

    private void checkEnd(ByteBuffer block, int expectedTotal) throws IOException {
        check(block.remaining() == ImageFormat.END * Long.BYTES + Integer.BYTES, "the image's end is damaged");
        for (long count : this.entries) {
            check(block.getLong() == count, "the image lacks entries");
        }
        check(block.getInt() == expectedTotal, "the image lacks blocks");
        StoreMaps maps = this.target.maps();
        check(maps.log().sizeAsLong() == this.entries[ImageFormat.LOG]
                && maps.index().sizeAsLong() == this.entries[ImageFormat.INDEX], "the image has entries twice");
    }

    private static void check(boolean condition, String message) throws IOException {
        if (!condition) {
            throw new IOException(message);
        }
    }

}
