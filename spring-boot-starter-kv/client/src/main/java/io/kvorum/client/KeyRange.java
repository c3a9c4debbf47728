/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.Arrays;

/**
 * Keys from one on, up to another one, which is not among them.
 *
 * @param start the first key
 * @param end the first key behind the range; empty for exactly one key, a zero byte for
 * no end
 */
public record KeyRange(Bytes start, Bytes end) {

    private static final Bytes ZERO = Bytes.wrap(new byte[1]);

    /** All keys. */
    public static final KeyRange ALL = new KeyRange(ZERO, ZERO);

    /**
     * Exactly one key.
     * @param key the key
     * @return the range
     */
    public static KeyRange single(Bytes key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a key must have at least one byte");
        }
        return new KeyRange(key, Bytes.EMPTY);
    }

    /**
     * Exactly one key.
     * @param key the key
     * @return the range
     */
    public static KeyRange single(String key) {
        return single(Bytes.utf8(key));
    }

    /**
     * All keys that begin alike.
     * @param prefix what they begin with; empty for all keys
     * @return the range
     */
    public static KeyRange prefix(Bytes prefix) {
        byte[] end = prefix.toByteArray();
        int last = end.length - 1;
        while (last >= 0 && end[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return prefix.isEmpty() ? ALL : new KeyRange(prefix, ZERO);
        }
        end[last]++;
        return new KeyRange(prefix, Bytes.wrap(Arrays.copyOf(end, last + 1)));
    }

    /**
     * All keys that begin alike.
     * @param prefix what they begin with; empty for all keys
     * @return the range
     */
    public static KeyRange prefix(String prefix) {
        return prefix(Bytes.utf8(prefix));
    }

    /**
     * Tells whether a key is in this range.
     * @param key the key
     * @return whether it is
     */
    public boolean contains(Bytes key) {
        if (this.end.isEmpty()) {
            return key.equals(this.start);
        }
        return key.compareTo(this.start) >= 0 && (this.end.equals(ZERO) || key.compareTo(this.end) < 0);
    }

    /** Returns this range of keys that all have a prefix in front. */
    KeyRange under(Bytes namespace) {
        if (namespace.isEmpty()) {
            return this;
        }
        Bytes first = namespace.concat(this.start.equals(ZERO) && this.end.equals(ZERO) ? Bytes.EMPTY : this.start);
        if (this.end.isEmpty()) {
            return new KeyRange(first, Bytes.EMPTY);
        }
        return new KeyRange(first, this.end.equals(ZERO) ? prefix(namespace).end() : namespace.concat(this.end));
    }

}
