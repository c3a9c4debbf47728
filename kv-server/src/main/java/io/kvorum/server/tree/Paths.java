/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.Map;
import java.util.Set;

/** ZooKeeper's rules for paths. */
public final class Paths {

    /**
     * Znodes that are always there, also before anything was written, with the number of
     * those that are always there below them.
     */
    /** The znode that tells which servers there are. */
    static final String CONFIG = "/zookeeper/config";

    private static final Map<String, Integer> FIXED = Map.of("/", 1, "/zookeeper", 2, "/zookeeper/quota", 0, CONFIG, 0);

    /** Paths of znodes that are always there. */
    static final Set<String> FIXED_ZNODES = FIXED.keySet();

    private Paths() {
    }

    /**
     * Tells whether a znode is always there.
     * @param path its path
     * @return {@code true} for the root and what ZooKeeper itself keeps
     */
    public static boolean isFixed(String path) {
        return FIXED.containsKey(path);
    }

    /**
     * Returns how many fixed znodes there are below a znode.
     * @param path the znode's path
     * @return their number
     */
    public static int fixedBelow(String path) {
        return (int) FIXED.keySet().stream().filter((fixed) -> isBelow(fixed, path)).count();
    }

    /**
     * Returns how far below a znode there are fixed znodes.
     * @param path the znode's path
     * @return the number of levels
     */
    public static int fixedLevels(String path) {
        return FIXED.keySet()
            .stream()
            .filter((fixed) -> isBelow(fixed, path))
            .mapToInt((fixed) -> depth(fixed) - depth(path))
            .max()
            .orElse(0);
    }

    /** Returns how far below the root a znode is. */
    static int depth(String path) {
        return path.equals("/") ? 0 : (int) path.chars().filter((c) -> c == '/').count();
    }

    private static boolean isBelow(String path, String ancestor) {
        return !path.equals(ancestor) && (ancestor.equals("/") || path.startsWith(ancestor + "/"));
    }

    /** Returns the number of children of a fixed znode that are fixed themselves. */
    static int fixedChildren(String path) {
        return FIXED.getOrDefault(path, 0);
    }

    /**
     * Tells whether a path may name a znode.
     * @param path the path
     * @return whether it begins with a slash, does not end with one, and has no empty or
     * relative part and no character that ZooKeeper forbids
     */
    public static boolean isValid(String path) {
        if (path.equals("/")) {
            return true;
        }
        if (path.isEmpty() || path.charAt(0) != '/' || path.charAt(path.length() - 1) == '/') {
            return false;
        }
        for (String part : path.substring(1).split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return path.chars().noneMatch(Paths::isForbidden);
    }

    /** Returns the path of the znode that holds this one. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return (slash > 0) ? path.substring(0, slash) : "/";
    }

    private static boolean isForbidden(int c) {
        return c <= 0x1f || (c >= 0x7f && c <= 0x9f) || (c >= 0xd800 && c <= 0xf8ff) || c >= 0xfff0;
    }

}
