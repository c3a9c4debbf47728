/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.List;

/** The ways to watch a znode, which a client sets and removes separately. */
enum WatchMode {

    /** Once, for the znode and its data. */
    DATA,
    /** Once, for its children. */
    CHILDREN,
    /** Until it is removed, for the znode, its data and its children. */
    PERSISTENT,
    /**
     * Until it is removed, for the znode and everything below it, without lists of
     * children.
     */
    RECURSIVE;

    /**
     * Reads the number that stands for modes in requests to check or to remove watches.
     * @return the modes, none if there is no such number
     */
    static List<WatchMode> ofRemoval(int number) {
        return switch (number) {
            case 1 -> List.of(CHILDREN);
            case 2 -> List.of(DATA);
            case 3 -> List.of(values());
            case 4 -> List.of(PERSISTENT);
            case 5 -> List.of(RECURSIVE);
            default -> List.of();
        };
    }

}
