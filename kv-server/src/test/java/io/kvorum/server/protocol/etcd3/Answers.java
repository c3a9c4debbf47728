/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

import io.kvorum.proto.etcdserverpb.DeleteRangeResponse;
import io.kvorum.proto.etcdserverpb.PutResponse;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.ResponseHeader;
import io.kvorum.proto.etcdserverpb.ResponseOp;
import io.kvorum.proto.etcdserverpb.TxnResponse;
import io.kvorum.proto.mvccpb.KeyValue;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;

/**
 * Translates results into messages, the plain way: what answers that write themselves are
 * compared with.
 */
final class Answers {

    private Answers() {
    }

    static ByteString bytes(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.array());
    }

    static KeyValue keyValue(io.kvorum.server.common.KeyValue kv) {
        return KeyValue.newBuilder()
            .setKey(bytes(kv.key()))
            .setCreateRevision(kv.createRevision())
            .setModRevision(kv.modRevision())
            .setVersion(kv.version())
            .setValue(bytes(kv.value()))
            .setLease(kv.lease())
            .build();
    }

    static RangeResponse range(ResponseHeader header, Result.Range result) {
        RangeResponse.Builder response = RangeResponse.newBuilder()
            .setHeader(header)
            .setMore(result.range().more())
            .setCount(result.range().count());
        for (io.kvorum.server.common.KeyValue kv : result.range().kvs()) {
            response.addKvs(keyValue(kv));
        }
        return response.build();
    }

    static PutResponse put(ResponseHeader header, Result.Put result) {
        PutResponse.Builder response = PutResponse.newBuilder().setHeader(header);
        io.kvorum.server.common.KeyValue previous = result.previous();
        if (previous != null) {
            response.setPrevKv(keyValue(previous));
        }
        return response.build();
    }

    static DeleteRangeResponse deleteRange(ResponseHeader header, Result.DeleteRange result) {
        DeleteRangeResponse.Builder response = DeleteRangeResponse.newBuilder()
            .setHeader(header)
            .setDeleted(result.deleted());
        for (io.kvorum.server.common.KeyValue kv : result.previous()) {
            response.addPrevKvs(keyValue(kv));
        }
        return response.build();
    }

    static TxnResponse txn(ResponseHeader header, Result.Txn result) {
        TxnResponse.Builder response = TxnResponse.newBuilder().setHeader(header).setSucceeded(result.succeeded());
        for (Result inner : result.responses()) {
            response.addResponses(inner(inner));
        }
        return response.build();
    }

    private static ResponseOp inner(Result result) {
        ResponseOp.Builder op = ResponseOp.newBuilder();
        ResponseHeader header = ResponseHeader.newBuilder().setRevision(result.revision()).build();
        if (result instanceof Result.Range range) {
            return op.setResponseRange(range(header, range)).build();
        }
        if (result instanceof Result.Put put) {
            return op.setResponsePut(put(header, put)).build();
        }
        if (result instanceof Result.DeleteRange deleteRange) {
            return op.setResponseDeleteRange(deleteRange(header, deleteRange)).build();
        }
        if (result instanceof Result.Txn txn) {
            // etcd: the header of a nested transaction is there, but empty.
            return op.setResponseTxn(txn(ResponseHeader.getDefaultInstance(), txn)).build();
        }
        throw new IllegalArgumentException("no answer inside a transaction: " + result);
    }

}
