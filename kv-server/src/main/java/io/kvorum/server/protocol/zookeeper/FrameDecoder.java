/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Cuts the stream into frames: four bytes of length, then the body. A length that no
 * client sends closes the connection before anything is allocated for it.
 */
final class FrameDecoder extends ByteToMessageDecoder {

    /** The first frame is a handshake: no stranger makes the server keep more. */
    private static final int MAX_FIRST_FRAME_BYTES = 1024;

    private final int maxFrameBytes;

    private boolean first = true;

    FrameDecoder(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < Integer.BYTES) {
            return;
        }
        int length = in.getInt(in.readerIndex());
        if (length < 0 || length > (this.first ? MAX_FIRST_FRAME_BYTES : this.maxFrameBytes)) {
            in.skipBytes(in.readableBytes());
            ctx.close();
            return;
        }
        if (in.readableBytes() - Integer.BYTES >= length) {
            this.first = false;
            in.skipBytes(Integer.BYTES);
            out.add(in.readRetainedSlice(length));
        }
    }

}
