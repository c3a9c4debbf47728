/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.ArrayList;
import java.util.List;

import io.kvorum.server.common.KeyValue;

/** The names of a znode's children. */
public final class Children {

    private static final List<String> OF_ROOT = List.of("zookeeper");

    private static final List<String> OF_ZOOKEEPER = List.of("config", "quota");

    private Children() {
    }

    /**
     * Reads the names from keys.
     * @param path the znode's path
     * @param keys what was found in {@link TreeKeys#childrenOf}
     * @return the names, in order of their bytes
     */
    public static List<String> names(String path, List<KeyValue> keys) {
        List<String> names = new ArrayList<>();
        for (KeyValue kv : keys) {
            TreeKey key = TreeKeys.parse(kv.key());
            if (key != null && key.kind() == TreeKey.Kind.NODE) {
                names.add(key.path().substring(key.path().lastIndexOf('/') + 1));
            }
        }
        // Fixed znodes have a key only once somebody has written them.
        for (String fixed : fixed(path)) {
            if (!names.contains(fixed)) {
                names.add(fixed);
            }
        }
        return names;
    }

    private static List<String> fixed(String path) {
        return switch (path) {
            case "/" -> OF_ROOT;
            case "/zookeeper" -> OF_ZOOKEEPER;
            default -> List.of();
        };
    }

}
