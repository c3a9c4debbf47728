/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.Arrays;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Invariant;

/**
 * Reads what {@link ByteWriter} wrote. The log checks its records, so anything that does
 * not fit is a bug or an entry of a newer version, and stops the member. Confined to one
 * thread.
 */
final class ByteReader {

    private final byte[] buffer;

    private int position;

    ByteReader(byte[] buffer) {
        this.buffer = buffer;
    }

    boolean exhausted() {
        return this.position == this.buffer.length;
    }

    int u8() {
        need(1);
        return this.buffer[this.position++] & 0xff;
    }

    boolean bool() {
        return u8() != 0;
    }

    long fixed64() {
        need(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (this.buffer[this.position++] & 0xff);
        }
        return value;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if ((b & 0x80) == 0) {
                return value;
            }
        }
        throw new IllegalStateException("command encoding: number without end");
    }

    /**
     * A count of things that take at least one byte each, so that a damaged count cannot
     * ask for all memory.
     */
    int count() {
        long value = varint();
        Invariant.check(value >= 0 && value <= this.buffer.length - this.position,
                "command encoding: count %d exceeds the %d bytes left", value, this.buffer.length - this.position);
        return (int) value;
    }

    Bytes bytes() {
        int length = count();
        this.position += length;
        return Bytes.wrap(Arrays.copyOfRange(this.buffer, this.position - length, this.position));
    }

    private void need(int count) {
        Invariant.check(this.buffer.length - this.position >= count, "command encoding: ends after %d bytes",
                this.buffer.length);
    }

}
