/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;
import java.util.List;

import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeResult;

/**
 * A piece of a streamed range: a RangeStreamResponse of etcd.
 *
 * @param kvs the keys
 * @param last the header, in the last piece only
 * @param more whether the limit left keys out, in the last piece only
 * @param count number of keys in the range, in the last piece only
 */
record RangePiece(List<KeyValue> kvs, @Nullable WireHeader last, boolean more, long count) implements Outgoing {

    private static final int RANGE_RESPONSE = 1;

    private static final int HEADER = 1;

    private static final int KVS = 2;

    private static final int MORE = 3;

    private static final int COUNT = 4;

    /**
     * Returns a piece that others follow.
     * @param kvs the keys
     * @return the piece
     */
    static RangePiece of(List<KeyValue> kvs) {
        return new RangePiece(kvs, null, false, 0);
    }

    /**
     * Returns the last piece.
     * @param result its keys, and whether the limit left some out
     * @param header the header of the whole answer
     * @param count number of keys in the range
     * @return the piece
     */
    static RangePiece last(RangeResult result, WireHeader header, long count) {
        return new RangePiece(result.kvs(), header, result.more(), count);
    }

    @Override
    public int sizeBytes() {
        return Wire.messageSize(responseSize());
    }

    @Override
    public void writeTo(CodedOutputStream out) throws IOException {
        Wire.writeMessageStart(out, RANGE_RESPONSE, responseSize());
        if (this.last != null) {
            Wire.writeMessageStart(out, HEADER, this.last.sizeBytes());
            this.last.writeTo(out);
        }
        for (KeyValue kv : this.kvs) {
            Wire.writeKeyValue(out, KVS, kv);
        }
        Wire.writeBool(out, MORE, this.more);
        Wire.writeInt64(out, COUNT, this.count);
    }

    private int responseSize() {
        int header = (this.last != null) ? Wire.messageSize(this.last.sizeBytes()) : 0;
        return header + Wire.keyValuesSize(this.kvs) + Wire.boolSize(this.more) + Wire.int64Size(COUNT, this.count);
    }

}
