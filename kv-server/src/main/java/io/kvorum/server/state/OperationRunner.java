/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.DeleteRangeOperation;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.RangeOperation;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.lease.LeaseTable;
import io.kvorum.server.store.Transaction;

/**
 * Carries out operations on keys within a transaction, as etcd's apply does. Confined to
 * the apply thread.
 */
final class OperationRunner {

    private final LeaseTable leases;

    OperationRunner(LeaseTable leases) {
        this.leases = leases;
    }

    Result run(Transaction txn, Command.Operation<?> operation) {
        ReservedKeys.check(txn, operation);
        if (operation instanceof TxnOperation nested) {
            return runTxn(txn, nested);
        }
        if (operation instanceof PutOperation put) {
            checkLease(put);
            checkKey(txn, put);
        }
        return runSimple(txn, operation);
    }

    /**
     * etcd decides all branches, also those of nested transactions, before anything is
     * written, and refuses the whole when any put or range on the way cannot be done:
     * puts first, then ranges.
     */
    private Result.Txn runTxn(Transaction txn, TxnOperation operation) {
        Deque<Boolean> path = new ArrayDeque<>();
        choosePath(txn, operation, path);
        checkPath(txn, operation, new ArrayDeque<>(path), true);
        checkPath(txn, operation, new ArrayDeque<>(path), false);
        Result.Txn result = runBranch(txn, operation, path);
        return new Result.Txn(txn.revision(), result.succeeded(), result.responses());
    }

    private Result.Txn runBranch(Transaction txn, TxnOperation operation, Deque<Boolean> path) {
        boolean succeeded = path.remove();
        List<Command.Operation<?>> branch = succeeded ? operation.success() : operation.failure();
        List<Result> responses = new ArrayList<>(branch.size());
        for (Command.Operation<?> step : branch) {
            responses.add((step instanceof TxnOperation nested) ? runBranch(txn, nested, path) : runSimple(txn, step));
        }
        // etcd: the header of a nested transaction's answer carries no revision.
        return new Result.Txn(0, succeeded, responses);
    }

    private void choosePath(Transaction txn, TxnOperation operation, Deque<Boolean> path) {
        boolean succeeded = operation.compares().stream().allMatch((compare) -> Comparison.holds(compare, txn::range));
        path.add(succeeded);
        for (Command.Operation<?> step : succeeded ? operation.success() : operation.failure()) {
            if (step instanceof TxnOperation nested) {
                choosePath(txn, nested, path);
            }
        }
    }

    private void checkPath(Transaction txn, TxnOperation operation, Deque<Boolean> path, boolean puts) {
        for (Command.Operation<?> step : path.remove() ? operation.success() : operation.failure()) {
            if (step instanceof TxnOperation nested) {
                checkPath(txn, nested, path, puts);
            }
            else if (puts && step instanceof PutOperation put) {
                // etcd: within a transaction the key comes first, outside of one the
                // lease.
                checkKey(txn, put);
                checkLease(put);
            }
            else if (!puts && step instanceof RangeOperation range && range.query().revision() != 0) {
                RangeQuery query = queryOf(range);
                // Throws for a revision that cannot be read; an empty range costs nothing
                // else.
                txn.range(new RangeQuery(query.range(), query.revision(), 1, RangeQuery.Sort.NONE,
                        RangeQuery.RevisionFilter.NONE, true, true));
            }
        }
    }

    /**
     * etcd: within a transaction a negative revision is an old one, while a range of its
     * own takes it for the newest.
     */
    static RangeQuery queryOf(RangeOperation range) {
        if (range.query().revision() < 0) {
            throw new KvException(Code.COMPACTED);
        }
        return range.query();
    }

    private void checkLease(PutOperation put) {
        if (put.lease() != 0 && this.leases.find(put.lease()) == null) {
            throw new KvException(Code.LEASE_NOT_FOUND);
        }
    }

    private static void checkKey(Transaction txn, PutOperation put) {
        if ((put.ignoreValue() || put.ignoreLease()) && txn.get(put.key()) == null) {
            throw new KvException(Code.KEY_NOT_FOUND);
        }
    }

    private Result runSimple(Transaction txn, Command.Operation<?> operation) {
        if (operation instanceof PutOperation put) {
            return runPut(txn, put);
        }
        if (operation instanceof DeleteRangeOperation delete) {
            List<KeyValue> previous = delete.previous() ? txn.range(RangeQuery.of(delete.range())).kvs() : List.of();
            long deleted = txn.delete(delete.range());
            return new Result.DeleteRange(txn.revision(), deleted, previous);
        }
        if (operation instanceof RangeOperation range) {
            return new Result.Range(txn.revision(), txn.range(range.query()));
        }
        throw new IllegalStateException("not a simple operation: " + operation);
    }

    private Result.Put runPut(Transaction txn, PutOperation put) {
        boolean needsPrevious = put.previous() || put.ignoreValue() || put.ignoreLease();
        @Nullable KeyValue previous = needsPrevious ? txn.get(put.key()) : null;
        Bytes value = (put.ignoreValue() && previous != null) ? previous.value() : put.value();
        long lease = (put.ignoreLease() && previous != null) ? previous.lease() : put.lease();
        txn.put(put.key(), value, lease);
        return new Result.Put(txn.revision(), put.previous() ? previous : null);
    }

}
