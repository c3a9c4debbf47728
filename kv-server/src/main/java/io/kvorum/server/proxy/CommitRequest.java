/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.UnsafeByteOperations;

import io.kvorum.proto.etcdserverpb.Compare;
import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/**
 * Turns a transaction into one of etcd: if everything that was read is as it was, then
 * write, else read it anew. Confined to the attempt.
 */
final class CommitRequest {

    private final KeyMapping keys;

    private final int maxOps;

    private final List<KeyRange> read = new ArrayList<>();

    private final List<Compare> compares = new ArrayList<>();

    private final List<RequestOp> writes = new ArrayList<>();

    CommitRequest(KeyMapping keys, int maxOps) {
        this.keys = keys;
        this.maxOps = maxOps;
    }

    /**
     * Returns the request.
     * @throws KvException with TOO_MANY_OPS if the cluster would not take it
     */
    TxnRequest of(OptimisticTransaction txn) {
        txn.used().forEach((range) -> unchanged(txn.reads().read(range)));
        txn.missing().forEach((range) -> {
            this.read.add(range);
            absent(range);
        });
        txn.ended().forEach((session) -> delete(KeyMapping.ownedBy(session)));
        txn.writes().forEach(this::write);
        if (this.writes.isEmpty()) {
            put(KeyMapping.MARK, Bytes.EMPTY, 0);
        }
        TxnRequest.Builder request = TxnRequest.newBuilder().addAllCompare(this.compares);
        this.read.forEach((range) -> request.addFailure(range(range)));
        return request.addAllSuccess(fitting()).build();
    }

    /** Returns the ranges that are read if something has changed, in their order. */
    List<KeyRange> read() {
        return this.read;
    }

    private void unchanged(ReadSet.Known known) {
        KeyRange range = known.range();
        this.read.add(range);
        if (known.kvs().isEmpty() && KeyMapping.isSmall(range)) {
            absent(range);
            return;
        }
        // A znode that is no longer owned shows at its parent, which is compared as well.
        if (!KeyMapping.allOwned().contains(range.start())) {
            known.kvs().values().forEach((kv) -> compare(compare(kv.key()).setModRevision(kv.modRevision())));
        }
        if (!range.holdsAtMost(known.kvs().size())) {
            compare(compare(range.start()).setRangeEnd(this.keys.remoteEnd(range))
                .setResult(Compare.CompareResult.LESS)
                .setTarget(Compare.CompareTarget.CREATE)
                .setCreateRevision(known.revision() + 1));
        }
    }

    private void absent(KeyRange range) {
        compare(compare(range.start()).setRangeEnd(this.keys.remoteEnd(range))
            .setTarget(Compare.CompareTarget.CREATE)
            .setCreateRevision(0));
    }

    private Compare.Builder compare(Bytes key) {
        return Compare.newBuilder()
            .setKey(this.keys.remote(key))
            .setResult(Compare.CompareResult.EQUAL)
            .setTarget(Compare.CompareTarget.MOD);
    }

    private void compare(Compare.Builder compare) {
        this.compares.add(compare.build());
    }

    private void write(Bytes key, OptimisticTransaction.Write write) {
        KeyValue after = write.after();
        if (after != null) {
            put(key, after.value(), after.lease());
        }
        else {
            delete(KeyRange.single(key));
        }
    }

    private void put(Bytes key, Bytes value, long lease) {
        this.writes.add(RequestOp.newBuilder()
            .setRequestPut(PutRequest.newBuilder()
                .setKey(this.keys.remote(key))
                .setValue(UnsafeByteOperations.unsafeWrap(value.array()))
                .setLease(lease))
            .build());
    }

    private void delete(KeyRange range) {
        this.writes.add(RequestOp.newBuilder()
            .setRequestDeleteRange(DeleteRangeRequest.newBuilder()
                .setKey(this.keys.remote(range.start()))
                .setRangeEnd(this.keys.remoteEnd(range)))
            .build());
    }

    private RequestOp range(KeyRange range) {
        return RequestOp.newBuilder()
            .setRequestRange(RangeRequest.newBuilder()
                .setKey(this.keys.remote(range.start()))
                .setRangeEnd(this.keys.remoteEnd(range)))
            .build();
    }

    /**
     * Returns the writes such that the cluster takes them. It counts the operations of a
     * transaction and those of one inside it together, but not those of several inside it
     * that are side by side.
     */
    private List<RequestOp> fitting() {
        int others = Math.max(this.compares.size(), this.read.size());
        if (others <= this.maxOps && this.writes.size() <= this.maxOps) {
            return this.writes;
        }
        for (int parts = 2; parts < this.maxOps; parts++) {
            int size = this.maxOps - Math.max(others, parts);
            if (size > 0 && (long) parts * size >= this.writes.size()) {
                return inParts(size);
            }
        }
        throw new KvException(Code.TOO_MANY_OPS, "a write of " + this.compares.size() + " comparisons and "
                + this.writes.size() + " changes does not fit the cluster's --max-txn-ops of " + this.maxOps, null);
    }

    private List<RequestOp> inParts(int size) {
        List<RequestOp> parts = new ArrayList<>();
        for (int from = 0; from < this.writes.size(); from += size) {
            TxnRequest.Builder part = TxnRequest.newBuilder();
            part.addAllSuccess(this.writes.subList(from, Math.min(from + size, this.writes.size())));
            parts.add(RequestOp.newBuilder().setRequestTxn(part).build());
        }
        return parts;
    }

}
