/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/**
 * Finds a key that one branch of a transaction puts twice, or puts and deletes, also
 * through nested transactions. Follows etcd in what it lets pass: deletions may overlap
 * each other, the two branches of a nested transaction may overlap, and a deletion that
 * has no upper bound is not looked at.
 */
final class TxnOverlap {

    private final Set<Bytes> puts = new HashSet<>();

    /** Ends of the deleted ranges by their starts; ranges that touch are one. */
    private final TreeMap<Bytes, Bytes> deletes = new TreeMap<>();

    private TxnOverlap() {
    }

    static void check(List<RequestOp> branch) {
        collect(branch);
    }

    private static TxnOverlap collect(List<RequestOp> branch) {
        TxnOverlap level = new TxnOverlap();
        for (RequestOp op : branch) {
            if (op.hasRequestDeleteRange()) {
                level.addDelete(op.getRequestDeleteRange());
            }
        }
        for (RequestOp op : branch) {
            if (op.hasRequestTxn()) {
                level.addNested(collect(op.getRequestTxn().getSuccessList()),
                        collect(op.getRequestTxn().getFailureList()));
            }
        }
        for (RequestOp op : branch) {
            if (op.hasRequestPut()) {
                level.addPut(Requests.bytes(op.getRequestPut().getKey()));
            }
        }
        return level;
    }

    private void addNested(TxnOverlap success, TxnOverlap failure) {
        for (Bytes key : success.puts) {
            addPut(key);
        }
        for (Bytes key : failure.puts) {
            // Only one of the two branches is done.
            if (!success.puts.contains(key)) {
                addPut(key);
            }
        }
        success.deletes.forEach(this::addDelete);
        failure.deletes.forEach(this::addDelete);
    }

    private void addPut(Bytes key) {
        Map.Entry<Bytes, Bytes> delete = this.deletes.floorEntry(key);
        boolean deleted = delete != null && key.compareTo(delete.getValue()) < 0;
        if (deleted || !this.puts.add(key)) {
            throw new KvException(Code.DUPLICATE_KEY);
        }
    }

    private void addDelete(DeleteRangeRequest request) {
        KeyRange range = KeyRange.of(Requests.bytes(request.getKey()), Requests.bytes(request.getRangeEnd()));
        if (range.end() != null && !range.isEmpty()) {
            addDelete(range.start(), range.end());
        }
    }

    private void addDelete(Bytes start, Bytes end) {
        Bytes from = start;
        Bytes to = end;
        Map.Entry<Bytes, Bytes> neighbour = this.deletes.floorEntry(to);
        while (neighbour != null && neighbour.getValue().compareTo(from) >= 0) {
            this.deletes.remove(neighbour.getKey());
            from = min(from, neighbour.getKey());
            to = max(to, neighbour.getValue());
            neighbour = this.deletes.floorEntry(to);
        }
        this.deletes.put(from, to);
    }

    private static Bytes min(Bytes a, Bytes b) {
        return (a.compareTo(b) <= 0) ? a : b;
    }

    private static Bytes max(Bytes a, Bytes b) {
        return (a.compareTo(b) >= 0) ? a : b;
    }

}
