/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.Arrays;

import io.kvorum.server.common.Bytes;

/**
 * Writes the primitive parts of the encoding into a growing array. Confined to one
 * thread.
 */
final class ByteWriter {

    private byte[] buffer;

    private int size;

    ByteWriter(int expectedSize) {
        this.buffer = new byte[expectedSize];
    }

    int size() {
        return this.size;
    }

    byte[] toArray() {
        return (this.size == this.buffer.length) ? this.buffer : Arrays.copyOf(this.buffer, this.size);
    }

    ByteWriter u8(int value) {
        ensure(1);
        this.buffer[this.size++] = (byte) value;
        return this;
    }

    ByteWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** Eight bytes, big-endian: for ids, which fill all their bits. */
    ByteWriter fixed64(long value) {
        ensure(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            this.buffer[this.size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /**
     * Seven bits a byte, lowest first: for counts and revisions. Negative values take ten
     * bytes.
     */
    ByteWriter varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            this.buffer[this.size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        this.buffer[this.size++] = (byte) rest;
        return this;
    }

    ByteWriter bytes(Bytes value) {
        varint(value.length());
        return raw(value.array());
    }

    ByteWriter raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, this.buffer, this.size, value.length);
        this.size += value.length;
        return this;
    }

    private void ensure(int more) {
        if (this.buffer.length - this.size < more) {
            this.buffer = Arrays.copyOf(this.buffer, Math.max(this.buffer.length * 2, this.size + more));
        }
    }

}
