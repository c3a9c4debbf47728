/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection, one after the other: the next one is read when
 * the answer to the one before is on its way. Confined to the connection's event loop.
 */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger logger = LoggerFactory.getLogger(RequestHandler.class);

    private static final Answer NOT_FOUND = Answer.error(HttpResponseStatus.NOT_FOUND, "404 page not found");

    private final Map<String, Endpoint> endpoints;

    /**
     * Requests that a client sent without waiting for answers. Bounded by what one read
     * from the socket holds, since reading stops while something waits.
     */
    private final Queue<Request> waiting = new ArrayDeque<>();

    private boolean answering;

    RequestHandler(Map<String, Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
        this.waiting.add(Request.of(message));
        ctx.pipeline().get(SlowClientGuard.class).requestReceived(ctx);
        ctx.channel().config().setAutoRead(false);
        answerNext(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // The connection broke; there is nobody left to tell.
        ctx.close();
    }

    private void answerNext(ChannelHandlerContext ctx) {
        if (this.answering) {
            return;
        }
        Request request = this.waiting.poll();
        if (request == null) {
            ctx.pipeline().get(SlowClientGuard.class).answered(ctx);
            ctx.channel().config().setAutoRead(true);
            return;
        }
        this.answering = true;
        answer(request).whenComplete((answer, failure) -> ctx.executor().execute(() -> {
            if (failure != null) {
                logger.warn("http.failed path={}", request.path(), failure);
            }
            write(ctx, request, (answer != null) ? answer : Answer.error(HttpResponseStatus.INTERNAL_SERVER_ERROR));
            this.answering = false;
            answerNext(ctx);
        }));
    }

    private CompletableFuture<Answer> answer(Request request) {
        Answer refused = request.refused();
        if (refused != null) {
            return CompletableFuture.completedFuture(refused);
        }
        Endpoint endpoint = this.endpoints.get(request.path());
        if (endpoint == null) {
            return CompletableFuture.completedFuture(NOT_FOUND);
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return CompletableFuture.completedFuture(Answer.error(HttpResponseStatus.METHOD_NOT_ALLOWED));
        }
        try {
            return endpoint.get(request.query());
        }
        catch (RuntimeException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private static void write(ChannelHandlerContext ctx, Request request, Answer answer) {
        ByteBuf body = ByteBufUtil.writeUtf8(ctx.alloc(), answer.body());
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
        response.headers()
            .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
            .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
            .set("x-content-type-options", "nosniff");
        if (answer.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET);
        }
        response.headers()
            .set(HttpHeaderNames.CONNECTION,
                    request.keepAlive() ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        ChannelFuture written = ctx.writeAndFlush(response);
        if (!request.keepAlive()) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

}
