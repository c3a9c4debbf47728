/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.state;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.DeleteRangeOperation;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.store.Transaction;
import io.kvorum.server.tree.TreeKeys;

/**
 * Keeps writes of the key-value protocols out of the tree's part of the key space, where
 * they would break what the tree relies on. Reads and watches see everything. Decided by
 * the state alone, so that all members decide alike. Confined to the apply thread.
 */
final class ReservedKeys {

    private ReservedKeys() {
    }

    /**
     * Refuses an operation that could write there. A range may reach across the tree's
     * keys as long as there are none: whoever does without ZooKeeper clients notices
     * nothing.
     * @throws KvException with PERMISSION_DENIED
     */
    static void check(Transaction txn, Command.Operation<?> operation) {
        if (operation instanceof PutOperation put) {
            refuse(TreeKeys.ALL.contains(put.key()));
        }
        else if (operation instanceof DeleteRangeOperation delete && delete.range().overlaps(TreeKeys.ALL)) {
            RangeQuery any = new RangeQuery(common(delete.range()), 0, 1, RangeQuery.Sort.NONE,
                    RangeQuery.RevisionFilter.NONE, true, false);
            refuse(!txn.range(any).kvs().isEmpty());
        }
        else if (operation instanceof TxnOperation nested) {
            nested.success().forEach((step) -> check(txn, step));
            nested.failure().forEach((step) -> check(txn, step));
        }
    }

    private static KeyRange common(KeyRange range) {
        Bytes start = (range.start().compareTo(TreeKeys.ALL.start()) > 0) ? range.start() : TreeKeys.ALL.start();
        Bytes end = range.end();
        Bytes last = TreeKeys.ALL.end();
        return new KeyRange(start, (end != null && last != null && end.compareTo(last) < 0) ? end : last);
    }

    private static void refuse(boolean reserved) {
        if (reserved) {
            throw new KvException(Code.PERMISSION_DENIED);
        }
    }

}
