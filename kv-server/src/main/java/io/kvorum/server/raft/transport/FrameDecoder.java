/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a connection into frames. Checks length, kind and type as soon as
 * they are there, before it waits for the body. Confined to the event loop.
 */
final class FrameDecoder extends ByteToMessageDecoder {

    /** Nobody introduces itself with more than this. */
    private static final int MAX_HANDSHAKE_BYTES = 1024;

    private final Gate gate;

    private int maxFrameBytes = MAX_HANDSHAKE_BYTES;

    private boolean broken;

    FrameDecoder(Gate gate) {
        this.gate = gate;
    }

    /**
     * Lets larger frames in, now that the handshake is done.
     * @param maxFrameBytes the largest frame
     */
    void allow(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (this.broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            Frame frame = next(in);
            if (frame != null) {
                out.add(frame);
            }
        }
        catch (ProtocolViolationException ex) {
            // What follows is not looked at, however long it takes to close.
            this.broken = true;
            throw ex;
        }
    }

    private @Nullable Frame next(ByteBuf in) {
        if (in.readableBytes() < Frame.LENGTH_BYTES) {
            return null;
        }
        int start = in.readerIndex();
        long length = in.getUnsignedInt(start);
        if (length < Frame.HEADER_BYTES || length > this.maxFrameBytes) {
            throw new ProtocolViolationException(
                    "frame of " + length + " bytes, where " + this.maxFrameBytes + " are allowed");
        }
        if (in.readableBytes() < Frame.LENGTH_BYTES + 2) {
            return null;
        }
        Frame.Kind kind = Frame.Kind.of(in.getByte(start + Frame.LENGTH_BYTES));
        byte type = in.getByte(start + Frame.LENGTH_BYTES + 1);
        if (!this.gate.admits(kind, type)) {
            throw new ProtocolViolationException("frame of kind " + kind + " and type " + type + " out of place");
        }
        if (in.readableBytes() < Frame.LENGTH_BYTES + length) {
            return null;
        }
        in.skipBytes(Frame.LENGTH_BYTES + 2);
        long id = in.readLong();
        return new Frame(kind, type, id, in.readRetainedSlice((int) length - Frame.HEADER_BYTES));
    }

    /** Knows which frames make sense at this moment on this side. */
    @FunctionalInterface
    interface Gate {

        /**
         * Tells whether a frame is welcome.
         * @param kind its kind
         * @param type its type's number
         * @return {@code false} closes the connection
         */
        boolean admits(Frame.Kind kind, byte type);

    }

}
