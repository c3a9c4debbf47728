/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.store.Transaction;

/** The rules for sessions. Their leases are somebody else's business. */
public final class Sessions {

    private Sessions() {
    }

    /**
     * Finds a session.
     * @param txn where
     * @param id the session
     * @return the session, or {@code null}
     */
    public static @Nullable Session find(Transaction txn, long id) {
        KeyValue kv = txn.get(TreeKeys.session(id));
        return (kv != null) ? Session.decode(kv.value()) : null;
    }

    /**
     * Creates or changes a session. Its lease must exist.
     * @param txn where
     * @param id the session
     * @param session what it is
     */
    public static void put(Transaction txn, long id, Session session) {
        txn.put(TreeKeys.session(id), session.encode(), id);
    }

    /**
     * Tells whether a connection may act for a session.
     * @param txn where
     * @param id the session
     * @param owner the connection
     * @return {@link ZnodeError#NONE}, or why not
     */
    public static ZnodeError check(Transaction txn, long id, long owner) {
        Session session = find(txn, id);
        if (session == null) {
            return ZnodeError.SESSION_EXPIRED;
        }
        return (session.owner() == owner) ? ZnodeError.NONE : ZnodeError.SESSION_MOVED;
    }

    /**
     * Deletes everything that a session owns, and the session, in this one transaction.
     * @param txn where
     * @param id the session
     */
    public static void end(Transaction txn, long id) {
        Map<String, Integer> removed = new TreeMap<>();
        for (Bytes key : txn.keysOfLease(id)) {
            TreeKey parsed = TreeKeys.parse(key);
            if (parsed != null && parsed.kind() == TreeKey.Kind.NODE) {
                Znode node = ZnodeTree.find(txn, parsed.path());
                if (node != null) {
                    ZnodeTree.remove(txn, node);
                    removed.merge(Paths.parent(parsed.path()), 1, Integer::sum);
                }
            }
            else {
                txn.delete(KeyRange.single(key));
            }
        }
        removed.forEach((parent, count) -> ZnodeTree.removedChildren(txn, parent, count));
    }

}
