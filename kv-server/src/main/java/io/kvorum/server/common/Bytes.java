/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of bytes, ordered as unsigned bytes: keys and values of the store.
 * Instances share their array with whoever wrapped it; nobody may change an array after
 * wrapping it.
 */
public final class Bytes implements Comparable<Bytes> {

    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private int hash;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /**
     * Returns the given array as a value, without a copy.
     * @param array the bytes, which nobody may change afterwards
     * @return the value
     */
    public static Bytes wrap(byte[] array) {
        return (array.length != 0) ? new Bytes(array) : EMPTY;
    }

    /**
     * Returns the UTF-8 bytes of a text.
     * @param text the text
     * @return the value
     */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the array behind this value, without a copy. The caller must not change it.
     * @return the bytes
     */
    public byte[] array() {
        return this.array;
    }

    /**
     * Returns the number of bytes.
     * @return the length
     */
    public int length() {
        return this.array.length;
    }

    /**
     * Tells whether there are no bytes.
     * @return {@code true} if the length is zero
     */
    public boolean isEmpty() {
        return this.array.length == 0;
    }

    /**
     * Returns the smallest value that is greater than this one: this one with a zero byte
     * behind it.
     * @return the successor
     */
    public Bytes successor() {
        return new Bytes(Arrays.copyOf(this.array, this.array.length + 1));
    }

    /**
     * Returns the bytes as text, for keys that are known to be UTF-8.
     * @return the text
     */
    public String toUtf8() {
        return new String(this.array, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(this.array, other.array);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Bytes bytes && Arrays.equals(this.array, bytes.array));
    }

    @Override
    public int hashCode() {
        int result = this.hash;
        if (result == 0) {
            result = Arrays.hashCode(this.array);
            this.hash = result;
        }
        return result;
    }

    /**
     * Printable ASCII as it is, everything else in hexadecimal: for logs and messages.
     */
    @Override
    public String toString() {
        for (byte b : this.array) {
            if (b < 0x20 || b > 0x7e) {
                return "0x" + HexFormat.of().formatHex(this.array);
            }
        }
        return new String(this.array, StandardCharsets.US_ASCII);
    }

}
