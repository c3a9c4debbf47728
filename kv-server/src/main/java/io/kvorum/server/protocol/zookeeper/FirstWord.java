/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.protocol.zookeeper.admin.FourLetterWords;
import io.kvorum.server.protocol.zookeeper.admin.PortStatistics;

/**
 * Looks at the first four bytes of a connection: a word of an operator is answered and
 * the connection closed; anything else is the length of a frame and somebody else's
 * business.
 */
final class FirstWord extends ByteToMessageDecoder {

    private static final Logger logger = LoggerFactory.getLogger(FirstWord.class);

    private static final int WORD_BYTES = 4;

    private final FourLetterWords words;

    private final PortConnection connection;

    private final PortStatistics port;

    private final Executor executor;

    FirstWord(FourLetterWords words, PortConnection connection, PortStatistics port, Executor executor) {
        this.words = words;
        this.connection = connection;
        this.port = port;
        this.executor = executor;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < WORD_BYTES) {
            return;
        }
        String word = in.toString(in.readerIndex(), WORD_BYTES, StandardCharsets.ISO_8859_1);
        if (word.equals(FourLetterWords.SET_TRACE_MASK) && this.words.isAllowed(word)) {
            if (in.readableBytes() >= WORD_BYTES + Long.BYTES) {
                long mask = in.getLong(in.readerIndex() + WORD_BYTES);
                in.skipBytes(in.readableBytes());
                received(ctx);
                write(ctx, this.words.setTraceMask(mask));
            }
        }
        else if (FourLetterWords.ALL.contains(word)) {
            in.skipBytes(in.readableBytes());
            received(ctx);
            answer(ctx, word);
        }
        else {
            ctx.pipeline().remove(this);
        }
    }

    private void received(ChannelHandlerContext ctx) {
        this.connection.statistics().received();
        this.port.received(WORD_BYTES);
        // Some tools close their side at once and still want to read.
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        ctx.channel().config().setAutoRead(false);
    }

    private void answer(ChannelHandlerContext ctx, String word) {
        if (this.words.isCheap(word)) {
            write(ctx, this.words.answer(word));
            return;
        }
        try {
            this.executor.execute(() -> {
                try {
                    write(ctx, this.words.answer(word));
                }
                catch (RuntimeException ex) {
                    logger.warn("zookeeper.word-failed word={}", word, ex);
                    ctx.close();
                }
            });
        }
        catch (RejectedExecutionException ex) {
            // Too many words wait already.
            ctx.close();
        }
    }

    private void write(ChannelHandlerContext ctx, String answer) {
        ByteBuf text = answer.isEmpty() ? Unpooled.EMPTY_BUFFER : ByteBufUtil.writeUtf8(ctx.alloc(), answer);
        this.port.sent(text.readableBytes());
        ctx.writeAndFlush(text).addListener(ChannelFutureListener.CLOSE);
    }

}
