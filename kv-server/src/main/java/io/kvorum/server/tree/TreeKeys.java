/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;

/**
 * Where znodes and sessions are in the one key space: the only place that knows.
 *
 * <p>
 * A znode is at {@code /zk/<depth><path>}, so that the children of one znode, which all
 * have the same depth, are one range without their own children. What changes when
 * children come and go is beside it, at the same key with a zero byte behind it: creating
 * a child does not write the parent's data again. What changes without any watch hearing
 * of it, like the access control list, is there with two zero bytes behind it. A session
 * is at {@code /zk/s/<id in hexadecimal>}. For each znode that the server itself deletes
 * one day there is an empty key at {@code /zk/t<path>}, so that they can be found.
 */
public final class TreeKeys {

    private static final String PREFIX_TEXT = "/zk/";

    private static final String SESSION_TEXT = PREFIX_TEXT + "s/";

    private static final String TRANSIENT_TEXT = PREFIX_TEXT + "t/";

    /** Every key that the tree uses. */
    public static final KeyRange ALL = startingWith(PREFIX_TEXT);

    /** The keys of the znodes that the server itself deletes one day. */
    public static final KeyRange TRANSIENTS = startingWith(TRANSIENT_TEXT);

    /** The keys of all sessions. */
    public static final KeyRange SESSIONS = startingWith(SESSION_TEXT);

    /** Is there once any znode has not been open to everybody. */
    public static final Bytes RESTRICTED = Bytes.utf8(PREFIX_TEXT + "restricted");

    private static final int ID_DIGITS = 16;

    private TreeKeys() {
    }

    /**
     * Returns the key of a znode.
     * @param path its path
     * @return the key
     */
    public static Bytes node(String path) {
        return Bytes.utf8(PREFIX_TEXT + Paths.depth(path) + path);
    }

    /**
     * Returns the key of what is known about a znode's children.
     * @param path the znode's path
     * @return the key
     */
    public static Bytes children(String path) {
        return node(path).successor();
    }

    /**
     * Returns the key of what of a znode changes without an event.
     * @param path the znode's path
     * @return the key
     */
    public static Bytes side(String path) {
        return children(path).successor();
    }

    /**
     * Returns the range that holds all keys of a znode and no other.
     * @param path its path
     * @return the range
     */
    public static KeyRange record(String path) {
        Bytes node = node(path);
        return new KeyRange(node, node.successor().successor().successor());
    }

    /**
     * Returns the range that holds the keys of all children of a znode.
     * @param path its path
     * @return the range
     */
    public static KeyRange childrenOf(String path) {
        return below(path, 1);
    }

    /**
     * Returns the range that holds the keys of all znodes some levels below a znode.
     * @param path the znode's path
     * @param levels how many levels, 1 for its children
     * @return the range
     */
    public static KeyRange below(String path, int levels) {
        String parent = path.equals("/") ? "" : path;
        return startingWith(PREFIX_TEXT + (Paths.depth(path) + levels) + parent + "/");
    }

    /**
     * Returns the key of a session.
     * @param id the session
     * @return the key
     */
    public static Bytes session(long id) {
        return Bytes.utf8(SESSION_TEXT + HexFormat.of().toHexDigits(id));
    }

    /** Returns the key that says that the server itself deletes a znode one day. */
    static Bytes transientMark(String path) {
        return Bytes.utf8(TRANSIENT_TEXT + path.substring(1));
    }

    /**
     * Tells what a key stands for.
     * @param key a key
     * @return what it is, or {@code null} if the tree knows no such key
     */
    public static @Nullable TreeKey parse(Bytes key) {
        if (!ALL.contains(key)) {
            return null;
        }
        String text = key.toUtf8();
        if (text.startsWith(SESSION_TEXT)) {
            String digits = text.substring(SESSION_TEXT.length());
            return (digits.length() == ID_DIGITS && digits.chars().allMatch(HexFormat::isHexDigit))
                    ? new TreeKey(TreeKey.Kind.SESSION, "", HexFormat.fromHexDigitsToLong(digits)) : null;
        }
        if (text.startsWith(TRANSIENT_TEXT)) {
            return new TreeKey(TreeKey.Kind.TRANSIENT, text.substring(TRANSIENT_TEXT.length() - 1), 0);
        }
        int slash = text.indexOf('/', PREFIX_TEXT.length());
        if (slash < 0) {
            return null;
        }
        int end = text.indexOf('\0', slash);
        TreeKey.Kind kind = (end < 0) ? TreeKey.Kind.NODE
                : (end == text.length() - 1) ? TreeKey.Kind.CHILDREN : TreeKey.Kind.SIDE;
        return new TreeKey(kind, text.substring(slash, (end < 0) ? text.length() : end), 0);
    }

    private static KeyRange startingWith(String prefix) {
        Bytes start = Bytes.utf8(prefix);
        byte[] end = Arrays.copyOf(start.array(), start.length());
        end[end.length - 1]++;
        return new KeyRange(start, Bytes.wrap(end));
    }

}
