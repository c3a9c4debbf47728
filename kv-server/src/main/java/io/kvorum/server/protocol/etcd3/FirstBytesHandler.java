/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.ProtocolNegotiationEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first bytes of a connection and hands it to gRPC or to HTTP/1.1. A
 * connection that says nothing in time, or nothing that makes sense, is closed without a
 * word. Confined to the connection's event loop.
 */
final class FirstBytesHandler extends ByteToMessageDecoder {

    private final ClientPort port;

    private final GrpcHttp2ConnectionHandler grpc;

    private ProtocolNegotiationEvent negotiation = InternalProtocolNegotiationEvent.getDefault();

    private @Nullable Future<?> timeout;

    FirstBytesHandler(ClientPort port, GrpcHttp2ConnectionHandler grpc) {
        this.port = port;
        this.grpc = grpc;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!this.port.admit(ctx.channel())) {
            ctx.close();
            return;
        }
        if (this.port.tls() != null) {
            ctx.pipeline().addBefore(ctx.name(), null, this.port.tls().newHandler(ctx.alloc()));
        }
        this.timeout = ctx.executor()
            .schedule(() -> ctx.close(), this.port.firstBytesTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ProtocolNegotiationEvent negotiated) {
            // Kept for gRPC, which begins with it.
            this.negotiation = negotiated;
        }
        else if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshakeCompleted(ctx, handshake);
        }
        else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Before the first request there is nobody to tell: a reset, a failed handshake.
        ctx.close();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (FirstBytes.of(in)) {
            case UNDECIDED -> {
                return;
            }
            case HTTP2 -> toGrpc(ctx);
            case HTTP1 -> toHttp(ctx);
            case GARBAGE -> {
                in.skipBytes(in.readableBytes());
                ctx.close();
            }
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        stopTimeout();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        stopTimeout();
        super.channelInactive(ctx);
    }

    private void toGrpc(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addAfter(ctx.name(), null, InternalProtocolNegotiators.grpcNegotiationHandler(this.grpc));
        // Replaces the handler just added by the one that takes the bytes.
        ctx.fireUserEventTriggered(this.negotiation);
        pipeline.remove(this);
    }

    private void toHttp(ChannelHandlerContext ctx) {
        // gRPC forgets the connection: its handshake timeout must not close it.
        this.grpc.notifyUnused();
        ChannelPipeline pipeline = ctx.pipeline();
        while (pipeline.last() != this) {
            pipeline.removeLast();
        }
        this.port.http().install(pipeline);
        pipeline.remove(this);
    }

    private void handshakeCompleted(ChannelHandlerContext ctx, SslHandshakeCompletionEvent handshake) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (!handshake.isSuccess() || tls == null) {
            ctx.close();
            return;
        }
        Attributes attributes = InternalProtocolNegotiationEvent.getAttributes(this.negotiation)
            .toBuilder()
            .set(Grpc.TRANSPORT_ATTR_SSL_SESSION, tls.engine().getSession())
            .build();
        this.negotiation = InternalProtocolNegotiationEvent.withAttributes(this.negotiation, attributes);
    }

    private void stopTimeout() {
        if (this.timeout != null) {
            this.timeout.cancel(false);
            this.timeout = null;
        }
    }

}
