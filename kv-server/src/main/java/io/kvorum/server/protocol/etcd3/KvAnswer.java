/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;

import com.google.protobuf.CodedOutputStream;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.KeyValue;

/**
 * The answer to a range, put, delete range or transaction: a RangeResponse, PutResponse,
 * DeleteRangeResponse or TxnResponse of etcd.
 *
 * @param header the header
 * @param result what there is to say
 */
record KvAnswer(WireHeader header, Result result) implements Outgoing {

    private static final int HEADER = 1;

    private static final int RANGE_KVS = 2;

    private static final int RANGE_MORE = 3;

    private static final int RANGE_COUNT = 4;

    private static final int PUT_PREVIOUS = 2;

    private static final int DELETED = 2;

    private static final int DELETE_PREVIOUS = 3;

    private static final int TXN_SUCCEEDED = 2;

    private static final int TXN_RESPONSES = 3;

    @Override
    public int sizeBytes() {
        return Wire.messageSize(this.header.sizeBytes()) + bodySize();
    }

    @Override
    public void writeTo(CodedOutputStream out) throws IOException {
        Wire.writeMessageStart(out, HEADER, this.header.sizeBytes());
        this.header.writeTo(out);
        writeBody(out);
    }

    private int bodySize() {
        if (this.result instanceof Result.Put put) {
            return (put.previous() != null) ? Wire.messageSize(Wire.keyValueSize(put.previous())) : 0;
        }
        if (this.result instanceof Result.Range range) {
            return Wire.keyValuesSize(range.range().kvs()) + Wire.boolSize(range.range().more())
                    + Wire.int64Size(RANGE_COUNT, range.range().count());
        }
        if (this.result instanceof Result.DeleteRange deletion) {
            return Wire.int64Size(DELETED, deletion.deleted()) + Wire.keyValuesSize(deletion.previous());
        }
        if (this.result instanceof Result.Txn txn) {
            int size = Wire.boolSize(txn.succeeded());
            for (Result inner : txn.responses()) {
                size += Wire.messageSize(Wire.messageSize(inner(inner).sizeBytes()));
            }
            return size;
        }
        throw noKvResult(this.result);
    }

    private void writeBody(CodedOutputStream out) throws IOException {
        if (this.result instanceof Result.Put put) {
            if (put.previous() != null) {
                Wire.writeKeyValue(out, PUT_PREVIOUS, put.previous());
            }
        }
        else if (this.result instanceof Result.Range range) {
            for (KeyValue kv : range.range().kvs()) {
                Wire.writeKeyValue(out, RANGE_KVS, kv);
            }
            Wire.writeBool(out, RANGE_MORE, range.range().more());
            Wire.writeInt64(out, RANGE_COUNT, range.range().count());
        }
        else if (this.result instanceof Result.DeleteRange deletion) {
            Wire.writeInt64(out, DELETED, deletion.deleted());
            for (KeyValue kv : deletion.previous()) {
                Wire.writeKeyValue(out, DELETE_PREVIOUS, kv);
            }
        }
        else if (this.result instanceof Result.Txn txn) {
            Wire.writeBool(out, TXN_SUCCEEDED, txn.succeeded());
            for (Result response : txn.responses()) {
                KvAnswer inner = inner(response);
                int sizeBytes = inner.sizeBytes();
                Wire.writeMessageStart(out, TXN_RESPONSES, Wire.messageSize(sizeBytes));
                Wire.writeMessageStart(out, variant(response), sizeBytes);
                inner.writeTo(out);
            }
        }
        else {
            throw noKvResult(this.result);
        }
    }

    private static KvAnswer inner(Result result) {
        return new KvAnswer((result instanceof Result.Txn) ? WireHeader.EMPTY : WireHeader.inner(result.revision()),
                result);
    }

    /** The field of ResponseOp. */
    private static int variant(Result result) {
        if (result instanceof Result.Range) {
            return 1;
        }
        if (result instanceof Result.Put) {
            return 2;
        }
        if (result instanceof Result.DeleteRange) {
            return 3;
        }
        if (result instanceof Result.Txn) {
            return 4;
        }
        throw noKvResult(result);
    }

    private static IllegalArgumentException noKvResult(Result result) {
        return new IllegalArgumentException("no answer about keys: " + result);
    }

}
