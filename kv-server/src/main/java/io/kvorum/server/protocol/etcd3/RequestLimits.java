/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;

import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/**
 * How large requests may be.
 *
 * @param maxRequestBytes bytes of an encoded write, as etcd's log would hold it
 * @param maxTxnOps operations in one branch of a transaction
 */
record RequestLimits(int maxRequestBytes, int maxTxnOps) {

    /**
     * What etcd's gRPC server takes beyond {@link #maxRequestBytes()}.
     */
    private static final int RECEIVE_OVERHEAD_BYTES = 512 * 1024;

    /**
     * etcd measures its log entry: a header with an id of ten bytes at most, and the tag
     * of the request.
     */
    private static final int ENTRY_OVERHEAD_BYTES = 15;

    /**
     * Returns how large a message may be on the wire.
     * @return bytes
     */
    int maxReceiveBytes() {
        return this.maxRequestBytes + RECEIVE_OVERHEAD_BYTES;
    }

    /**
     * Checks a write.
     * @param request the request
     */
    void checkSize(MessageLite request) {
        int size = request.getSerializedSize();
        if (ENTRY_OVERHEAD_BYTES + CodedOutputStream.computeUInt32SizeNoTag(size) + size > this.maxRequestBytes) {
            throw new KvException(Code.REQUEST_TOO_LARGE);
        }
    }

}
