/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import io.grpc.Status;
import io.kvorum.proto.etcdserverpb.Compare;
import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/**
 * What can be said against a request without looking at the store, in etcd's order: the
 * first thing wrong is the one that is answered.
 */
final class RequestChecks {

    private RequestChecks() {
    }

    static void check(RangeRequest request) {
        require(!request.getKey().isEmpty(), Code.EMPTY_KEY);
        require(request.getSortOrder() != RangeRequest.SortOrder.UNRECOGNIZED, Code.INVALID_SORT_OPTION);
        require(request.getSortTarget() != RangeRequest.SortTarget.UNRECOGNIZED, Code.INVALID_SORT_OPTION);
    }

    static void checkStream(RangeRequest request) {
        check(request);
        // Without an order the target does not count (etcd).
        boolean byKey = request.getSortOrder() == RangeRequest.SortOrder.NONE
                || (request.getSortOrder() == RangeRequest.SortOrder.ASCEND
                        && request.getSortTarget() == RangeRequest.SortTarget.KEY);
        if (!byKey) {
            throw Status.UNIMPLEMENTED.withDescription("RangeStream does not support custom sort orders")
                .asRuntimeException();
        }
        if (request.getMinModRevision() != 0 || request.getMaxModRevision() != 0 || request.getMinCreateRevision() != 0
                || request.getMaxCreateRevision() != 0) {
            throw Status.UNIMPLEMENTED.withDescription("RangeStream does not support revision filters")
                .asRuntimeException();
        }
    }

    static void check(PutRequest request) {
        require(!request.getKey().isEmpty(), Code.EMPTY_KEY);
        require(!request.getIgnoreValue() || request.getValue().isEmpty(), Code.VALUE_PROVIDED);
        require(!request.getIgnoreLease() || request.getLease() == 0, Code.LEASE_PROVIDED);
    }

    static void check(DeleteRangeRequest request) {
        require(!request.getKey().isEmpty(), Code.EMPTY_KEY);
    }

    /**
     * Checks a transaction. A nested one may have as many operations as the outer one has
     * left, which also bounds how deep they nest.
     */
    static void check(TxnRequest request, int maxOps) {
        checkOps(request, maxOps);
        // After the sizes, because this one compares operations with each other.
        TxnOverlap.check(request.getSuccessList());
        TxnOverlap.check(request.getFailureList());
    }

    private static void checkOps(TxnRequest request, int maxOps) {
        int ops = Math.max(request.getCompareCount(), Math.max(request.getSuccessCount(), request.getFailureCount()));
        require(ops <= maxOps, Code.TOO_MANY_OPS);
        for (Compare compare : request.getCompareList()) {
            require(!compare.getKey().isEmpty(), Code.EMPTY_KEY);
        }
        for (RequestOp op : request.getSuccessList()) {
            check(op, maxOps - ops);
        }
        for (RequestOp op : request.getFailureList()) {
            check(op, maxOps - ops);
        }
    }

    private static void check(RequestOp op, int maxOps) {
        switch (op.getRequestCase()) {
            case REQUEST_RANGE -> check(op.getRequestRange());
            case REQUEST_PUT -> check(op.getRequestPut());
            case REQUEST_DELETE_RANGE -> check(op.getRequestDeleteRange());
            case REQUEST_TXN -> checkOps(op.getRequestTxn(), maxOps);
            case REQUEST_NOT_SET -> throw new KvException(Code.KEY_NOT_FOUND);
        }
    }

    private static void require(boolean condition, Code code) {
        if (!condition) {
            throw new KvException(code);
        }
    }

}
