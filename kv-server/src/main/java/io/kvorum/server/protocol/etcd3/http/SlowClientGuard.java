/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that take too long: to begin a request, or, having begun one, to
 * send the rest. A byte now and then does not help: the time runs from the first one.
 * Confined to the connection's event loop.
 */
final class SlowClientGuard extends ChannelInboundHandlerAdapter {

    private static final byte[] REQUEST_TIMEOUT = """
            HTTP/1.1 408 Request Timeout
            content-length: 0
            connection: close

            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final HttpLimits limits;

    private State state = State.IDLE;

    private @Nullable Future<?> timeout;

    SlowClientGuard(HttpLimits limits) {
        this.limits = limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        enter(ctx, State.IDLE);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancel();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (this.state == State.IDLE) {
            enter(ctx, State.RECEIVING);
        }
        ctx.fireChannelRead(message);
    }

    /** The request is complete: from now on it is the member that takes its time. */
    void requestReceived(ChannelHandlerContext ctx) {
        enter(ctx, State.ANSWERING);
    }

    /** The answer is written: the client may begin the next request. */
    void answered(ChannelHandlerContext ctx) {
        enter(ctx, State.IDLE);
    }

    private void enter(ChannelHandlerContext ctx, State next) {
        cancel();
        this.state = next;
        switch (next) {
            case IDLE -> schedule(ctx, this.limits.idleTimeout());
            case RECEIVING -> schedule(ctx, this.limits.requestTimeout());
            case ANSWERING -> {
            }
        }
    }

    private void schedule(ChannelHandlerContext ctx, Duration delay) {
        this.timeout = ctx.executor().schedule(() -> expire(ctx), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void expire(ChannelHandlerContext ctx) {
        if (this.state == State.RECEIVING) {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(REQUEST_TIMEOUT)).addListener(ChannelFutureListener.CLOSE);
        }
        else {
            ctx.close();
        }
    }

    private void cancel() {
        if (this.timeout != null) {
            this.timeout.cancel(false);
            this.timeout = null;
        }
    }

    /** What the connection waits for. */
    private enum State {

        IDLE, RECEIVING, ANSWERING

    }

}
