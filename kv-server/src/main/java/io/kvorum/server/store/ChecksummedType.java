/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * How the keys or values of one page are written: length, CRC32C, content. MVStore itself
 * does not checksum pages, so a flipped bit would come back as wrong data; with this it
 * comes back as {@link DamagedPageException}. Instances are immutable.
 *
 * @param <T> type of the keys or values
 */
abstract class ChecksummedType<T> extends BasicDataType<T> {

    private static final int FRAME_BYTES = 2 * Integer.BYTES;

    private final String name;

    ChecksummedType(String name) {
        this.name = name;
    }

    /**
     * Writes the content of a page.
     * @param out where to
     * @param items the items; only the first {@code count} are set
     * @param count number of items
     */
    abstract void encode(WriteBuffer out, T[] items, int count);

    /**
     * Reads what {@link #encode} wrote.
     * @param in where from
     * @param items gets the items
     * @param count number of items
     */
    abstract void decode(ByteBuffer in, T[] items, int count);

    @Override
    public final void write(WriteBuffer buff, Object storage, int len) {
        int start = buff.position();
        buff.putInt(0).putInt(0).putVarInt(len);
        encode(buff, cast(storage), len);
        int end = buff.position();
        buff.putInt(start, end - start - FRAME_BYTES);
        buff.putInt(start + Integer.BYTES, checksum(buff.getBuffer(), start + FRAME_BYTES, end));
    }

    @Override
    public final void read(ByteBuffer buff, Object storage, int len) {
        int length = buff.getInt();
        int expected = buff.getInt();
        if (length < 0 || length > buff.remaining()) {
            throw new DamagedPageException("a page of " + this.name + " has an impossible length");
        }
        int end = buff.position() + length;
        if (checksum(buff, buff.position(), end) != expected) {
            throw new DamagedPageException("a page of " + this.name + " does not match its checksum");
        }
        if (Varints.readInt(buff) != len) {
            throw new DamagedPageException("a page of " + this.name + " has a wrong number of items");
        }
        decode(buff, cast(storage), len);
        if (buff.position() != end) {
            throw new DamagedPageException("a page of " + this.name + " has trailing bytes");
        }
    }

    @Override
    public final void write(WriteBuffer buff, T obj) {
        throw new UnsupportedOperationException("written by the page only");
    }

    @Override
    public final T read(ByteBuffer buff) {
        throw new UnsupportedOperationException("read by the page only");
    }

    private static int checksum(ByteBuffer buffer, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(to).position(from));
        return (int) crc.getValue();
    }

    /** Bytes of a page are not those that were written. */
    static final class DamagedPageException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DamagedPageException(String message) {
            super(message);
        }

    }

}
