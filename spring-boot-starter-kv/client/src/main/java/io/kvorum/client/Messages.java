/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.DeleteRangeResponse;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.PutResponse;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.ResponseOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.TxnResponse;

/**
 * Turns what the client's users say into etcd's messages and back. Here, and nowhere
 * else, the namespace comes and goes.
 */
final class Messages {

    private final Bytes namespace;

    Messages(Bytes namespace) {
        this.namespace = namespace;
    }

    RangeRequest range(RangeQuery query) {
        KeyRange range = query.range().under(this.namespace);
        return RangeRequest.newBuilder()
            .setKey(bytes(range.start()))
            .setRangeEnd(bytes(range.end()))
            .setRevision(query.revision())
            .setLimit(query.limit())
            .setKeysOnly(query.keysOnly())
            .setCountOnly(query.countOnly())
            .setSerializable(query.serializable())
            .build();
    }

    PutRequest put(Operation.Put put) {
        return PutRequest.newBuilder()
            .setKey(bytes(this.namespace.concat(put.key())))
            .setValue(bytes(put.value()))
            .setLease(put.lease())
            .setPrevKv(put.withPrevious())
            .build();
    }

    DeleteRangeRequest delete(Operation.Delete delete) {
        KeyRange range = delete.range().under(this.namespace);
        return DeleteRangeRequest.newBuilder()
            .setKey(bytes(range.start()))
            .setRangeEnd(bytes(range.end()))
            .setPrevKv(delete.withPrevious())
            .build();
    }

    TxnRequest txn(Txn txn) {
        TxnRequest.Builder request = TxnRequest.newBuilder();
        txn.conditions().forEach((condition) -> request.addCompare(compare(condition)));
        txn.success().forEach((operation) -> request.addSuccess(operation(operation)));
        txn.failure().forEach((operation) -> request.addFailure(operation(operation)));
        return request.build();
    }

    Result.Range range(RangeResponse response) {
        List<KeyValue> kvs = new ArrayList<>(response.getKvsCount());
        response.getKvsList().forEach((kv) -> kvs.add(keyValue(kv)));
        return new Result.Range(response.getHeader().getRevision(), List.copyOf(kvs), response.getCount());
    }

    Result.Put put(PutResponse response) {
        return new Result.Put(response.getHeader().getRevision(),
                response.hasPrevKv() ? keyValue(response.getPrevKv()) : null);
    }

    Result.Delete delete(DeleteRangeResponse response) {
        return new Result.Delete(response.getHeader().getRevision(), response.getDeleted(),
                response.getPrevKvsList().stream().map(this::keyValue).toList());
    }

    Result.Txn txn(TxnResponse response) {
        long revision = response.getHeader().getRevision();
        return new Result.Txn(revision, response.getSucceeded(),
                response.getResponsesList().stream().map((part) -> result(part, revision)).toList());
    }

    Event event(io.kvorum.proto.mvccpb.Event event) {
        Event.Type type = (event.getType() == io.kvorum.proto.mvccpb.Event.EventType.DELETE) ? Event.Type.DELETE
                : Event.Type.PUT;
        return new Event(type, keyValue(event.getKv()), event.hasPrevKv() ? keyValue(event.getPrevKv()) : null);
    }

    KeyRange onWire(KeyRange range) {
        return range.under(this.namespace);
    }

    static ByteString bytes(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.array());
    }

    private KeyValue keyValue(io.kvorum.proto.mvccpb.KeyValue kv) {
        Bytes key = Bytes.wrap(kv.getKey().toByteArray());
        return new KeyValue(key.substring(this.namespace.length()), Bytes.wrap(kv.getValue().toByteArray()),
                kv.getCreateRevision(), kv.getModRevision(), kv.getVersion(), kv.getLease());
    }

    // Parts of a transaction say nothing about revisions: theirs is the transaction's.
    private Result result(ResponseOp part, long revision) {
        return switch (part.getResponseCase()) {
            case RESPONSE_RANGE -> {
                Result.Range range = range(part.getResponseRange());
                yield new Result.Range(revision, range.kvs(), range.count());
            }
            case RESPONSE_PUT -> new Result.Put(revision, put(part.getResponsePut()).previous());
            case RESPONSE_DELETE_RANGE -> {
                Result.Delete delete = delete(part.getResponseDeleteRange());
                yield new Result.Delete(revision, delete.deleted(), delete.previous());
            }
            case RESPONSE_TXN -> {
                Result.Txn txn = txn(part.getResponseTxn());
                yield new Result.Txn(revision, txn.succeeded(), txn.results());
            }
            case RESPONSE_NOT_SET -> throw new KvException(KvException.Code.SERVER_FAILED,
                    "an answer of a transaction is of a kind that this client does not know", null);
        };
    }

    private RequestOp operation(Operation operation) {
        RequestOp.Builder request = RequestOp.newBuilder();
        if (operation instanceof Operation.Put put) {
            request.setRequestPut(put(put));
        }
        else if (operation instanceof Operation.Delete delete) {
            request.setRequestDeleteRange(delete(delete));
        }
        else if (operation instanceof Operation.Get get) {
            request.setRequestRange(range(get.query()));
        }
        else if (operation instanceof Operation.Branch branch) {
            request.setRequestTxn(txn(branch.txn()));
        }
        return request.build();
    }

    private io.kvorum.proto.etcdserverpb.Compare compare(Compare condition) {
        KeyRange range = condition.range().under(this.namespace);
        io.kvorum.proto.etcdserverpb.Compare.Builder compare = io.kvorum.proto.etcdserverpb.Compare.newBuilder()
            .setKey(bytes(range.start()))
            .setRangeEnd(bytes(range.end()))
            .setResult(switch (condition.relation()) {
                case EQUAL -> io.kvorum.proto.etcdserverpb.Compare.CompareResult.EQUAL;
                case GREATER -> io.kvorum.proto.etcdserverpb.Compare.CompareResult.GREATER;
                case LESS -> io.kvorum.proto.etcdserverpb.Compare.CompareResult.LESS;
                case NOT_EQUAL -> io.kvorum.proto.etcdserverpb.Compare.CompareResult.NOT_EQUAL;
            });
        switch (condition.target()) {
            case VERSION -> compare.setTarget(io.kvorum.proto.etcdserverpb.Compare.CompareTarget.VERSION)
                .setVersion(condition.value());
            case CREATE_REVISION -> compare.setTarget(io.kvorum.proto.etcdserverpb.Compare.CompareTarget.CREATE)
                .setCreateRevision(condition.value());
            case MOD_REVISION -> compare.setTarget(io.kvorum.proto.etcdserverpb.Compare.CompareTarget.MOD)
                .setModRevision(condition.value());
            case VALUE -> compare.setTarget(io.kvorum.proto.etcdserverpb.Compare.CompareTarget.VALUE)
                .setValue(bytes(condition.bytes()));
            case LEASE ->
                compare.setTarget(io.kvorum.proto.etcdserverpb.Compare.CompareTarget.LEASE).setLease(condition.value());
        }
        return compare.build();
    }

}
