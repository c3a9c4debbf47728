/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.Status;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;

/**
 * Writes fields of messages as protocol buffers have them: nothing for 0, false and
 * empty. Field numbers are all below 16, so a tag is one byte.
 */
final class Wire {

    private static final int TAG_BYTES = 1;

    /** What a message can hold, with some room for its header. */
    private static final long MAX_MESSAGE_BYTES = Integer.MAX_VALUE - 1024;

    private static final int KEY = 1;

    private static final int CREATE_REVISION = 2;

    private static final int MOD_REVISION = 3;

    private static final int VERSION = 4;

    private static final int VALUE = 5;

    private static final int LEASE = 6;

    private Wire() {
    }

    static int int64Size(int field, long value) {
        return (value != 0) ? CodedOutputStream.computeInt64Size(field, value) : 0;
    }

    static void writeInt64(CodedOutputStream out, int field, long value) throws IOException {
        if (value != 0) {
            out.writeInt64(field, value);
        }
    }

    static int boolSize(boolean value) {
        return value ? TAG_BYTES + 1 : 0;
    }

    static void writeBool(CodedOutputStream out, int field, boolean value) throws IOException {
        if (value) {
            out.writeBool(field, true);
        }
    }

    /** Size of a message as a field, which is there even if the message is empty. */
    static int messageSize(int sizeBytes) {
        return TAG_BYTES + CodedOutputStream.computeUInt32SizeNoTag(sizeBytes) + sizeBytes;
    }

    static void writeMessageStart(CodedOutputStream out, int field, int sizeBytes) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(sizeBytes);
    }

    static int keyValueSize(KeyValue kv) {
        return bytesSize(kv.key()) + int64Size(CREATE_REVISION, kv.createRevision())
                + int64Size(MOD_REVISION, kv.modRevision()) + int64Size(VERSION, kv.version()) + bytesSize(kv.value())
                + int64Size(LEASE, kv.lease());
    }

    /** Size of keys as fields of an answer. */
    static int keyValuesSize(Iterable<KeyValue> kvs) {
        long size = 0;
        for (KeyValue kv : kvs) {
            size += messageSize(keyValueSize(kv));
        }
        if (size > MAX_MESSAGE_BYTES) {
            throw Status.RESOURCE_EXHAUSTED
                .withDescription("grpc: trying to send message larger than max (" + size + " vs. 2147483647)")
                .asRuntimeException();
        }
        return (int) size;
    }

    static void writeKeyValue(CodedOutputStream out, int field, KeyValue kv) throws IOException {
        writeMessageStart(out, field, keyValueSize(kv));
        writeBytes(out, KEY, kv.key());
        writeInt64(out, CREATE_REVISION, kv.createRevision());
        writeInt64(out, MOD_REVISION, kv.modRevision());
        writeInt64(out, VERSION, kv.version());
        writeBytes(out, VALUE, kv.value());
        writeInt64(out, LEASE, kv.lease());
    }

    private static int bytesSize(Bytes bytes) {
        return bytes.isEmpty() ? 0 : messageSize(bytes.length());
    }

    private static void writeBytes(CodedOutputStream out, int field, Bytes bytes) throws IOException {
        if (!bytes.isEmpty()) {
            out.writeByteArray(field, bytes.array());
        }
    }

}
