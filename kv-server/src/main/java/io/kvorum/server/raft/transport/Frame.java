/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * One frame: {@code length:u32 kind:u8 type:u8 id:u64 body}, where the length counts what
 * comes after it.
 *
 * @param kind what it is for
 * @param type the message's number in {@link MessageType}, 0 outside requests and
 * responses
 * @param id ties a response to its request
 * @param body the rest, owned by whoever gets the frame
 */
record Frame(Kind kind, byte type, long id, ByteBuf body) {

    /** Bytes of the length. */
    static final int LENGTH_BYTES = Integer.BYTES;

    /** Bytes between the length and the body. */
    static final int HEADER_BYTES = 2 + Long.BYTES;

    /** Entries smaller than this are cheaper to copy than to reference. */
    private static final int COPY_UP_TO_BYTES = 4096;

    private static final int ID_OFFSET = LENGTH_BYTES + 2;

    /**
     * Encodes a frame around a body that is at hand.
     * @param allocator where to get memory
     * @param kind the kind
     * @param type the type's number
     * @param id the id
     * @param body the body
     * @return the bytes
     */
    static ByteBuf of(ByteBufAllocator allocator, Kind kind, int type, long id, byte[] body) {
        return header(allocator, kind, type, id, body.length).writeBytes(body);
    }

    /**
     * Encodes a frame around a message.
     * @param allocator where to get memory
     * @param kind the kind
     * @param type the type
     * @param id the id
     * @param message the message
     * @return the bytes
     */
    static ByteBuf of(ByteBufAllocator allocator, Kind kind, MessageType type, long id, MessageLite message) {
        if (message instanceof AppendEntriesRequest append && append.getData().size() > COPY_UP_TO_BYTES) {
            return referringTo(allocator, kind, type, id, append);
        }
        int size = message.getSerializedSize();
        ByteBuf frame = header(allocator, kind, type.number(), id, size);
        write(message, frame, size);
        return frame;
    }

    /**
     * Encodes a request of the node layer.
     * @param allocator where to get memory
     * @param kind which kind of request it is
     * @param request the request's bytes
     * @return the bytes
     */
    static ByteBuf call(ByteBufAllocator allocator, byte kind, byte[] request) {
        return header(allocator, Kind.REQUEST, MessageType.NODE_CALL.number(), 0, 1 + request.length).writeByte(kind)
            .writeBytes(request);
    }

    /**
     * Encodes the answer that a request failed.
     * @param allocator where to get memory
     * @param id the request's id
     * @param carriedOut whether the request may have had an effect
     * @param message what happened
     * @return the bytes
     */
    static ByteBuf failure(ByteBufAllocator allocator, long id, boolean carriedOut, String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        return header(allocator, Kind.FAILURE, 0, id, 1 + text.length).writeBoolean(carriedOut).writeBytes(text);
    }

    /**
     * Sets the id of an encoded frame.
     * @param frame the bytes
     * @param id the id
     */
    static void setId(ByteBuf frame, long id) {
        frame.setLong(frame.readerIndex() + ID_OFFSET, id);
    }

    /**
     * Returns the body as an array.
     * @return a copy
     */
    byte[] bodyBytes() {
        return ByteBufUtil.getBytes(this.body);
    }

    /**
     * Returns the rest of the body as text.
     * @return the text
     */
    String text() {
        return this.body.toString(StandardCharsets.UTF_8);
    }

    /**
     * Writes everything but the entries, and lets the frame refer to those where they
     * are.
     */
    private static ByteBuf referringTo(ByteBufAllocator allocator, Kind kind, MessageType type, long id,
            AppendEntriesRequest append) {
        ByteString data = append.getData();
        AppendEntriesRequest rest = append.toBuilder().clearData().build();
        int restSize = rest.getSerializedSize();
        int tagSize = CodedOutputStream.computeTagSize(AppendEntriesRequest.DATA_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(data.size());
        ByteBuf head = header(allocator, kind, type.number(), id, restSize + tagSize + data.size());
        write(rest, head, restSize);
        // Field "data" with wire type 2 (length-delimited); protobuf allows any order of
        // fields.
        writeVarint((AppendEntriesRequest.DATA_FIELD_NUMBER << 3) | 2, head);
        writeVarint(data.size(), head);
        return allocator.compositeBuffer(2)
            .addComponent(true, head)
            .addComponent(true, Unpooled.wrappedBuffer(data.asReadOnlyByteBuffer()));
    }

    private static ByteBuf header(ByteBufAllocator allocator, Kind kind, int type, long id, int bodySize) {
        ByteBuf frame = allocator.directBuffer(LENGTH_BYTES + HEADER_BYTES + bodySize);
        return frame.writeInt(HEADER_BYTES + bodySize).writeByte(kind.number).writeByte(type).writeLong(id);
    }

    private static void write(MessageLite message, ByteBuf frame, int size) {
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(frame.internalNioBuffer(frame.writerIndex(), size));
            message.writeTo(out);
            out.flush();
            frame.writerIndex(frame.writerIndex() + size);
        }
        catch (IOException ex) {
            frame.release();
            throw new IllegalStateException("A message does not fit the size it told", ex);
        }
    }

    private static void writeVarint(int value, ByteBuf frame) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            frame.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        frame.writeByte(rest);
    }

    /** What a frame is for. */
    enum Kind {

        /** Introduction of the member that connected. */
        HELLO(1),
        /** The answer of the member that accepts the introduction. */
        WELCOME(2),
        /** The answer of the member that does not; the body says why. */
        REFUSED(3),
        /** A request. */
        REQUEST(4),
        /** The answer to a request. */
        RESPONSE(5),
        /** The answer to a request that failed; the body says why. */
        FAILURE(6),
        /** Asks for a {@link #PONG}. */
        PING(7),
        /** Shows that the connection is alive. */
        PONG(8);

        private static final Kind[] KINDS = values();

        private final byte number;

        Kind(int number) {
            this.number = (byte) number;
        }

        /**
         * Returns the kind with a number.
         * @param number the number on the wire
         * @return the kind
         */
        static Kind of(byte number) {
            if (number < 1 || number > KINDS.length) {
                throw new ProtocolViolationException("unknown kind of frame " + number);
            }
            return KINDS[number - 1];
        }

    }

}
