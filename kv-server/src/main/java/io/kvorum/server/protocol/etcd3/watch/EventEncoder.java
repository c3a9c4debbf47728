/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

import io.kvorum.proto.etcdserverpb.WatchResponse;
import io.kvorum.proto.mvccpb.Event;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.watch.WatchSink.Delivered;

/**
 * Encodes an event as it stands in a WatchResponse, tag and length included. Done once
 * per event; every response copies the bytes to its connection.
 */
final class EventEncoder {

    private static final int LENGTH_DELIMITED = 2;

    private EventEncoder() {
    }

    static byte[] encoded(Delivered delivered) {
        return delivered.encoded(EventEncoder::encode);
    }

    private static byte[] encode(Delivered delivered) {
        boolean deleted = delivered.event().type() == io.kvorum.server.common.Event.Type.DELETE;
        KeyValue kv = delivered.event().kv();
        KeyValue previous = delivered.previous();
        int size = (deleted ? CodedOutputStream.computeEnumSize(Event.TYPE_FIELD_NUMBER, Event.EventType.DELETE_VALUE)
                : 0) + fieldSize(Event.KV_FIELD_NUMBER, kv) + fieldSize(Event.PREV_KV_FIELD_NUMBER, previous);
        int tagSize = CodedOutputStream.computeTagSize(WatchResponse.EVENTS_FIELD_NUMBER);
        byte[] bytes = new byte[tagSize + CodedOutputStream.computeUInt32SizeNoTag(size) + size];
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeTag(WatchResponse.EVENTS_FIELD_NUMBER, LENGTH_DELIMITED);
            out.writeUInt32NoTag(size);
            if (deleted) {
                out.writeEnum(Event.TYPE_FIELD_NUMBER, Event.EventType.DELETE_VALUE);
            }
            writeField(out, Event.KV_FIELD_NUMBER, kv);
            writeField(out, Event.PREV_KV_FIELD_NUMBER, previous);
            out.checkNoSpaceLeft();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("an event has another size than computed", ex);
        }
        return bytes;
    }

    private static int fieldSize(int field, @Nullable KeyValue kv) {
        if (kv == null) {
            return 0;
        }
        int size = size(kv);
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }

    private static int size(KeyValue kv) {
        return bytesSize(io.kvorum.proto.mvccpb.KeyValue.KEY_FIELD_NUMBER, kv.key().array())
                + numberSize(io.kvorum.proto.mvccpb.KeyValue.CREATE_REVISION_FIELD_NUMBER, kv.createRevision())
                + numberSize(io.kvorum.proto.mvccpb.KeyValue.MOD_REVISION_FIELD_NUMBER, kv.modRevision())
                + numberSize(io.kvorum.proto.mvccpb.KeyValue.VERSION_FIELD_NUMBER, kv.version())
                + bytesSize(io.kvorum.proto.mvccpb.KeyValue.VALUE_FIELD_NUMBER, kv.value().array())
                + numberSize(io.kvorum.proto.mvccpb.KeyValue.LEASE_FIELD_NUMBER, kv.lease());
    }

    private static void writeField(CodedOutputStream out, int field, @Nullable KeyValue kv) throws IOException {
        if (kv == null) {
            return;
        }
        out.writeTag(field, LENGTH_DELIMITED);
        out.writeUInt32NoTag(size(kv));
        writeBytes(out, io.kvorum.proto.mvccpb.KeyValue.KEY_FIELD_NUMBER, kv.key().array());
        writeNumber(out, io.kvorum.proto.mvccpb.KeyValue.CREATE_REVISION_FIELD_NUMBER, kv.createRevision());
        writeNumber(out, io.kvorum.proto.mvccpb.KeyValue.MOD_REVISION_FIELD_NUMBER, kv.modRevision());
        writeNumber(out, io.kvorum.proto.mvccpb.KeyValue.VERSION_FIELD_NUMBER, kv.version());
        writeBytes(out, io.kvorum.proto.mvccpb.KeyValue.VALUE_FIELD_NUMBER, kv.value().array());
        writeNumber(out, io.kvorum.proto.mvccpb.KeyValue.LEASE_FIELD_NUMBER, kv.lease());
    }

    private static int bytesSize(int field, byte[] value) {
        return (value.length != 0) ? CodedOutputStream.computeByteArraySize(field, value) : 0;
    }

    private static int numberSize(int field, long value) {
        return (value != 0) ? CodedOutputStream.computeInt64Size(field, value) : 0;
    }

    private static void writeBytes(CodedOutputStream out, int field, byte[] value) throws IOException {
        if (value.length != 0) {
            out.writeByteArray(field, value);
        }
    }

    private static void writeNumber(CodedOutputStream out, int field, long value) throws IOException {
        if (value != 0) {
            out.writeInt64(field, value);
        }
    }

}
