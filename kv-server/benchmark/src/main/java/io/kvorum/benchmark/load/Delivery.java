/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.kvorum.proto.etcdserverpb.WatchGrpc;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.proto.etcdserverpb.WatchResponse;
import io.kvorum.proto.mvccpb.Event;
import io.kvorum.proto.mvccpb.KeyValue;

/**
 * As much of a {@link WatchResponse} as the driver looks at, read without making its
 * messages: with a thousand watchers the driver would otherwise use more CPU than the
 * server that it measures.
 *
 * @param watchId the watcher
 * @param created whether the watcher is new
 * @param canceled whether it is gone
 * @param events what happened, in the order of the answer
 */
record Delivery(int watchId, boolean created, boolean canceled, List<Change> events) {

    /** The watch method with this reading of its answers. */
    static final MethodDescriptor<WatchRequest, Delivery> METHOD = WatchGrpc.getWatchMethod()
        .toBuilder(WatchGrpc.getWatchMethod().getRequestMarshaller(), new Reader())
        .build();

    /**
     * One event.
     *
     * @param revision mod revision of the key
     * @param sentNanos when the writer sent it, which is the beginning of the value
     */
    record Change(long revision, long sentNanos) {
    }

    static Delivery read(CodedInputStream in) throws IOException {
        int watchId = 0;
        boolean created = false;
        boolean canceled = false;
        List<Change> events = List.of();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case WatchResponse.WATCH_ID_FIELD_NUMBER -> watchId = (int) in.readInt64();
                case WatchResponse.CREATED_FIELD_NUMBER -> created = in.readBool();
                case WatchResponse.CANCELED_FIELD_NUMBER -> canceled = in.readBool();
                case WatchResponse.EVENTS_FIELD_NUMBER -> {
                    events = events.isEmpty() ? new ArrayList<>(1) : events;
                    events.add(inside(in, Delivery::readEvent));
                }
                default -> in.skipField(tag);
            }
        }
        return new Delivery(watchId, created, canceled, events);
    }

    private static Change readEvent(CodedInputStream in) throws IOException {
        Change change = new Change(0, 0);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == Event.KV_FIELD_NUMBER) {
                change = inside(in, Delivery::readKeyValue);
            }
            else {
                in.skipField(tag);
            }
        }
        return change;
    }

    private static Change readKeyValue(CodedInputStream in) throws IOException {
        long revision = 0;
        long sentNanos = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case KeyValue.MOD_REVISION_FIELD_NUMBER -> revision = in.readInt64();
                case KeyValue.VALUE_FIELD_NUMBER -> {
                    int size = in.readRawVarint32();
                    sentNanos = in.readRawLittleEndian64();
                    in.skipRawBytes(size - Long.BYTES);
                }
                default -> in.skipField(tag);
            }
        }
        return new Change(revision, sentNanos);
    }

    private static <T> T inside(CodedInputStream in, Part<T> part) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        T value = part.read(in);
        in.popLimit(outer);
        return value;
    }

    /** Reads an embedded message up to its end. */
    @FunctionalInterface
    private interface Part<T> {

        T read(CodedInputStream in) throws IOException;

    }

    /** Reads into a buffer that the event loop keeps. */
    private static final class Reader implements MethodDescriptor.Marshaller<Delivery> {

        private final ThreadLocal<byte[]> buffers = ThreadLocal.withInitial(() -> new byte[4096]);

        @Override
        public InputStream stream(Delivery value) {
            throw new UnsupportedOperationException("the driver only reads deliveries");
        }

        @Override
        public Delivery parse(InputStream stream) {
            try {
                int size = (stream instanceof KnownLength) ? stream.available() : -1;
                byte[] buffer = this.buffers.get();
                if (size < 0 || size > buffer.length) {
                    return read(CodedInputStream.newInstance(stream));
                }
                int length = stream.readNBytes(buffer, 0, size);
                return read(CodedInputStream.newInstance(buffer, 0, length));
            }
            catch (IOException ex) {
                throw Status.INTERNAL.withDescription("not a watch response").withCause(ex).asRuntimeException();
            }
        }

    }

}
