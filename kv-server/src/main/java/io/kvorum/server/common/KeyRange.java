/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A half-open interval of keys.
 *
 * @param start the first key
 * @param end the key behind the last one, or {@code null} if there is no upper bound
 */
public record KeyRange(Bytes start, @Nullable Bytes end) {

    private static final Bytes ZERO = Bytes.wrap(new byte[1]);

    /** Every key of the store. */
    public static final KeyRange ALL = new KeyRange(Bytes.EMPTY, null);

    /**
     * Reads the convention of etcd's requests: no {@code rangeEnd} means the key alone,
     * one zero byte means every key from {@code key} on.
     * @param key the key of the request
     * @param rangeEnd the range end of the request
     * @return the range
     */
    public static KeyRange of(Bytes key, Bytes rangeEnd) {
        if (rangeEnd.isEmpty()) {
            return single(key);
        }
        return new KeyRange(key, rangeEnd.equals(ZERO) ? null : rangeEnd);
    }

    /**
     * Returns the range that holds one key.
     * @param key the key
     * @return the range
     */
    public static KeyRange single(Bytes key) {
        return new KeyRange(key, key.successor());
    }

    /**
     * Tells whether this range can hold one key only.
     * @return {@code true} if the end is the start's successor
     */
    public boolean isSingle() {
        Bytes end = this.end;
        int length = this.start.length();
        return end != null && end.length() == length + 1 && end.array()[length] == 0
                && Arrays.equals(end.array(), 0, length, this.start.array(), 0, length);
    }

    /**
     * Tells whether this range can hold a few keys only, because its end is its start
     * with a few zero bytes behind it: one key for each.
     * @param keys how many keys
     * @return {@code true} if there cannot be more than that
     */
    public boolean holdsAtMost(int keys) {
        Bytes end = this.end;
        int length = this.start.length();
        if (end == null || end.length() <= length || end.length() > length + keys
                || !Arrays.equals(end.array(), 0, length, this.start.array(), 0, length)) {
            return false;
        }
        for (int i = length; i < end.length(); i++) {
            if (end.array()[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether no key can be in this range.
     * @return {@code true} if the end does not come after the start
     */
    public boolean isEmpty() {
        return this.end != null && this.end.compareTo(this.start) <= 0;
    }

    /**
     * Tells whether a key is in this range.
     * @param key the key
     * @return {@code true} if it is
     */
    public boolean contains(Bytes key) {
        return key.compareTo(this.start) >= 0 && (this.end == null || key.compareTo(this.end) < 0);
    }

    /**
     * Tells whether some key could be in both ranges.
     * @param other the other range
     * @return {@code true} if they overlap
     */
    public boolean overlaps(KeyRange other) {
        return (this.end == null || other.start.compareTo(this.end) < 0)
                && (other.end == null || this.start.compareTo(other.end) < 0);
    }

}
