/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that never change, in the order of unsigned bytes: a key or a value. */
public final class Bytes implements Comparable<Bytes> {

    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /**
     * Copies an array.
     * @param array the bytes
     * @return the value
     */
    public static Bytes copyOf(byte[] array) {
        return (array.length != 0) ? new Bytes(array.clone()) : EMPTY;
    }

    /**
     * Returns the UTF-8 bytes of a text.
     * @param text the text
     * @return the value
     */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes an array that nobody changes afterwards. */
    static Bytes wrap(byte[] array) {
        return (array.length != 0) ? new Bytes(array) : EMPTY;
    }

    /** Returns the array itself, which must not be changed. */
    byte[] array() {
        return this.array;
    }

    /**
     * Returns the bytes.
     * @return a copy
     */
    public byte[] toByteArray() {
        return this.array.clone();
    }

    /**
     * Returns the bytes as text.
     * @return the text; what is not UTF-8 is replaced
     */
    public String toUtf8() {
        return new String(this.array, StandardCharsets.UTF_8);
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
     * @return whether the length is zero
     */
    public boolean isEmpty() {
        return this.array.length == 0;
    }

    /**
     * Tells whether these bytes begin with others.
     * @param prefix the others
     * @return whether they do
     */
    public boolean startsWith(Bytes prefix) {
        return length() >= prefix.length()
                && Arrays.equals(this.array, 0, prefix.length(), prefix.array, 0, prefix.length());
    }

    /**
     * Puts other bytes behind these.
     * @param other the others
     * @return both
     */
    public Bytes concat(Bytes other) {
        byte[] both = Arrays.copyOf(this.array, length() + other.length());
        System.arraycopy(other.array, 0, both, length(), other.length());
        return wrap(both);
    }

    /**
     * Returns what is left behind the first bytes.
     * @param from how many to leave out
     * @return the rest
     */
    public Bytes substring(int from) {
        return wrap(Arrays.copyOfRange(this.array, from, length()));
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
        return Arrays.hashCode(this.array);
    }

    /** Printable ASCII as it is, everything else in hexadecimal. */
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
