/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;

import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.server.command.Command;
import io.kvorum.server.command.DeleteRangeOperation;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.RangeOperation;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeQuery.RevisionFilter;
import io.kvorum.server.common.RangeQuery.Sort;
import io.kvorum.server.node.Consistency;

/** Translates checked requests into what a member understands. */
final class Requests {

    private Requests() {
    }

    static Bytes bytes(ByteString bytes) {
        return ByteArrays.bytes(bytes);
    }

    static RangeQuery query(RangeRequest request) {
        return new RangeQuery(KeyRange.of(bytes(request.getKey()), bytes(request.getRangeEnd())), request.getRevision(),
                request.getLimit(), sort(request), filter(request), request.getKeysOnly(), request.getCountOnly());
    }

    static Consistency consistency(RangeRequest request) {
        return request.getSerializable() ? Consistency.SERIALIZABLE : Consistency.LINEARIZABLE;
    }

    static PutOperation put(PutRequest request) {
        return new PutOperation(bytes(request.getKey()), bytes(request.getValue()), request.getLease(),
                request.getPrevKv(), request.getIgnoreValue(), request.getIgnoreLease());
    }

    static DeleteRangeOperation deleteRange(DeleteRangeRequest request) {
        return new DeleteRangeOperation(KeyRange.of(bytes(request.getKey()), bytes(request.getRangeEnd())),
                request.getPrevKv());
    }

    static TxnOperation txn(TxnRequest request) {
        return new TxnOperation(request.getCompareList().stream().map(Compares::compare).toList(),
                operations(request.getSuccessList()), operations(request.getFailureList()));
    }

    /**
     * Tells how fresh a read-only transaction must be: as its freshest range. One without
     * ranges may be old (etcd).
     */
    static Consistency consistency(TxnRequest request) {
        boolean serializable = isSerializable(request.getSuccessList()) && isSerializable(request.getFailureList());
        return serializable ? Consistency.SERIALIZABLE : Consistency.LINEARIZABLE;
    }

    private static boolean isSerializable(List<RequestOp> operations) {
        return operations.stream().allMatch((op) -> op.hasRequestRange() && op.getRequestRange().getSerializable());
    }

    private static List<Command.Operation<?>> operations(List<RequestOp> requests) {
        List<Command.Operation<?>> operations = new ArrayList<>(requests.size());
        for (RequestOp request : requests) {
            operations.add(operation(request));
        }
        return operations;
    }

    private static Command.Operation<?> operation(RequestOp request) {
        return switch (request.getRequestCase()) {
            case REQUEST_RANGE -> new RangeOperation(query(request.getRequestRange()));
            case REQUEST_PUT -> put(request.getRequestPut());
            case REQUEST_DELETE_RANGE -> deleteRange(request.getRequestDeleteRange());
            case REQUEST_TXN -> txn(request.getRequestTxn());
            case REQUEST_NOT_SET -> throw new IllegalArgumentException("unchecked request without an operation");
        };
    }

    private static Sort sort(RangeRequest request) {
        if (request.getSortOrderValue() == 0 && request.getSortTargetValue() == 0) {
            return Sort.NONE;
        }
        Sort.Target target = switch (request.getSortTarget()) {
            case KEY -> Sort.Target.KEY;
            case VERSION -> Sort.Target.VERSION;
            case CREATE -> Sort.Target.CREATE;
            case MOD -> Sort.Target.MOD;
            case VALUE -> Sort.Target.VALUE;
            case UNRECOGNIZED -> throw new IllegalArgumentException("unchecked sort target");
        };
        Sort.Order order = switch (request.getSortOrder()) {
            case NONE -> Sort.Order.NONE;
            case ASCEND -> Sort.Order.ASCEND;
            case DESCEND -> Sort.Order.DESCEND;
            case UNRECOGNIZED -> throw new IllegalArgumentException("unchecked sort order");
        };
        return new Sort(target, order);
    }

    private static RevisionFilter filter(RangeRequest request) {
        if (request.getMinModRevision() == 0 && request.getMaxModRevision() == 0 && request.getMinCreateRevision() == 0
                && request.getMaxCreateRevision() == 0) {
            return RevisionFilter.NONE;
        }
        return new RevisionFilter(request.getMinModRevision(), request.getMaxModRevision(),
                request.getMinCreateRevision(), request.getMaxCreateRevision());
    }

}
