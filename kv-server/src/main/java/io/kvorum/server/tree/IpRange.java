/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Addresses as access control lists write them: one, or all that begin alike. */
public final class IpRange {

    private static final int HEX = 16;

    private static final int DECIMAL = 10;

    private static final int V4_PARTS = 4;

    private static final int V6_PARTS = 8;

    private static final int MAX_HEX_DIGITS = 4;

    private static final int MAX_BYTE = 255;

    private IpRange() {
    }

    /**
     * Tells whether a text stands for addresses.
     * @param range an address, with a slash and a number of bits behind it or without
     * @return whether it does
     */
    public static boolean isValid(String range) {
        byte[] address = parse(address(range));
        return address != null && bits(range, address.length * Byte.SIZE) >= 0;
    }

    /** Tells whether an address is one of those. */
    static boolean contains(String range, String address) {
        byte[] first = parse(address(range));
        byte[] other = parse(address);
        if (first == null || other == null || first.length != other.length) {
            return false;
        }
        int bits = bits(range, first.length * Byte.SIZE);
        if (bits < 0) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        boolean same = Arrays.equals(first, 0, whole, other, 0, whole);
        int rest = Byte.SIZE - bits % Byte.SIZE;
        return same && (rest == Byte.SIZE || (first[whole] & 0xff) >> rest == (other[whole] & 0xff) >> rest);
    }

    private static String address(String range) {
        int slash = range.indexOf('/');
        return (slash < 0) ? range : range.substring(0, slash);
    }

    private static int bits(String range, int all) {
        int slash = range.indexOf('/');
        if (slash < 0) {
            return all;
        }
        int bits = number(range.substring(slash + 1), DECIMAL);
        return (bits <= all) ? bits : -1;
    }

    private static byte @Nullable [] parse(String address) {
        return address.contains(":") ? parseV6(address) : parseV4(address);
    }

    private static byte @Nullable [] parseV4(String address) {
        String[] parts = address.split("\\.", -1);
        byte[] bytes = new byte[V4_PARTS];
        if (parts.length != V4_PARTS) {
            return null;
        }
        for (int i = 0; i < V4_PARTS; i++) {
            int value = number(parts[i], DECIMAL);
            if (value < 0 || value > MAX_BYTE) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private static byte @Nullable [] parseV6(String address) {
        int gap = address.indexOf("::");
        String[] head = parts((gap < 0) ? address : address.substring(0, gap));
        String[] tail = parts((gap < 0) ? "" : address.substring(gap + 2));
        int given = head.length + tail.length;
        byte[] bytes = new byte[2 * V6_PARTS];
        boolean complete = (gap < 0) ? given == V6_PARTS : given < V6_PARTS;
        boolean read = complete && fill(bytes, 0, head) && fill(bytes, 2 * (V6_PARTS - tail.length), tail);
        return read ? bytes : null;
    }

    private static String[] parts(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static boolean fill(byte[] bytes, int from, String[] parts) {
        int at = from;
        for (String part : parts) {
            int value = (part.length() <= MAX_HEX_DIGITS) ? number(part, HEX) : -1;
            if (value < 0) {
                return false;
            }
            bytes[at++] = (byte) (value >> Byte.SIZE);
            bytes[at++] = (byte) value;
        }
        return true;
    }

    private static int number(String text, int radix) {
        try {
            return Integer.parseInt(text, radix);
        }
        catch (NumberFormatException ex) {
            return -1;
        }
    }

}
