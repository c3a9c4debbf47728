/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import io.kvorum.server.common.KeyValue;

/**
 * Adds up a tree from its keys, as ZooKeeper counts: the root has two entries, one with
 * an empty path. Confined to the thread that counts.
 */
public final class TreeTally {

    private long znodes = Paths.FIXED_ZNODES.size() + 1L;

    private long ephemerals;

    private long sessions;

    private long dataBytes = Paths.FIXED_ZNODES.stream().mapToLong(String::length).sum();

    /**
     * Takes a key of the tree with its value.
     * @param kv any key below the tree's prefix
     */
    public void add(KeyValue kv) {
        TreeKey key = TreeKeys.parse(kv.key());
        if (key == null) {
            return;
        }
        if (key.kind() == TreeKey.Kind.SESSION) {
            this.sessions++;
        }
        else if (key.kind() == TreeKey.Kind.NODE) {
            this.dataBytes += ZnodeData.decode(kv.value()).length();
            if (!Paths.isFixed(key.path())) {
                this.znodes++;
                this.ephemerals += (kv.lease() != 0) ? 1 : 0;
                this.dataBytes += key.path().length();
            }
        }
    }

    /**
     * Returns the number of znodes.
     * @return at least 5
     */
    public long znodes() {
        return this.znodes;
    }

    /**
     * Returns the number of znodes that belong to a session.
     * @return their number
     */
    public long ephemerals() {
        return this.ephemerals;
    }

    /**
     * Returns the number of sessions.
     * @return their number
     */
    public long sessions() {
        return this.sessions;
    }

    /**
     * Returns the lengths of all paths and all data.
     * @return the sum
     */
    public long dataBytes() {
        return this.dataBytes;
    }

}
