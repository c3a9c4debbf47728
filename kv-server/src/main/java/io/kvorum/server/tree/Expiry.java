/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import io.kvorum.server.store.Transaction;

/** The rules for znodes that the server itself deletes one day. */
public final class Expiry {

    private Expiry() {
    }

    /**
     * Tells whether a znode's time has come. Without children, a container goes if it
     * ever had one, and a znode with a TTL once nobody has changed its data for so long.
     * @param znode the znode
     * @param timeMillis the wall-clock time
     * @param neverUsedMillis age at which a container that never had a child goes too, or
     * 0 for never
     * @return whether it is to be deleted
     */
    public static boolean isDue(Znode znode, long timeMillis, long neverUsedMillis) {
        if (znode.children().living() > 0) {
            return false;
        }
        Lifetime lifetime = znode.content().lifetime();
        long idleMillis = timeMillis - znode.content().mtime();
        return switch (lifetime.kind()) {
            case CONTAINER -> znode.children().created() > 0 || (neverUsedMillis > 0 && idleMillis > neverUsedMillis);
            case TTL -> idleMillis > lifetime.value();
            case PERSISTENT, EPHEMERAL -> false;
        };
    }

    /**
     * Deletes a znode if its time has come.
     * @param txn where
     * @param path the znode, which may be gone
     * @param timeMillis the wall-clock time
     * @param neverUsedMillis as for {@link #isDue}
     * @return whether it was deleted
     */
    public static boolean expire(Transaction txn, String path, long timeMillis, long neverUsedMillis) {
        Znode znode = ZnodeTree.find(txn, path);
        if (znode == null || !isDue(znode, timeMillis, neverUsedMillis)) {
            return false;
        }
        ZnodeTree.delete(txn, znode);
        return true;
    }

}
