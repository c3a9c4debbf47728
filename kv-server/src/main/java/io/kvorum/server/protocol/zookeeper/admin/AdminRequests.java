/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection to the admin server, one at a time: nothing is read
 * while one is carried out. Confined to its event loop.
 */
final class AdminRequests extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger logger = LoggerFactory.getLogger(AdminRequests.class);

    private static final String COMMANDS = "/commands";

    private static final String JSON = "application/json";

    private static final String TEXT = "text/plain; charset=utf-8";

    private final AdminCommands commands;

    private final Executor executor;

    private boolean busy;

    AdminRequests(AdminCommands commands, Executor executor) {
        this.commands = commands;
        this.executor = executor;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        if (this.busy) {
            // Requests are not sent before the last one is answered by any tool.
            ctx.close();
            return;
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.decoderResult().isSuccess() ? request.uri() : "");
        String path = uri.path();
        if (!path.equals(COMMANDS) && !path.startsWith(COMMANDS + "/")) {
            respond(ctx, HttpResponseStatus.NOT_FOUND, TEXT, "404 Not Found\n", keepAlive);
        }
        else if (!request.method().equals(HttpMethod.GET)) {
            respond(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED, TEXT, "405 Method Not Allowed\n", keepAlive);
        }
        else if (path.length() <= COMMANDS.length() + 1) {
            respond(ctx, HttpResponseStatus.OK, "text/html; charset=utf-8", links(), keepAlive);
        }
        else {
            Map<String, String> parameters = new HashMap<>();
            uri.parameters().forEach((name, values) -> parameters.put(name, values.get(0)));
            run(ctx, () -> this.commands.run(path.substring(COMMANDS.length() + 1), parameters), keepAlive);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // The connection broke or was idle for too long.
        ctx.close();
    }

    private void run(ChannelHandlerContext ctx, Supplier<String> command, boolean keepAlive) {
        this.busy = true;
        ctx.channel().config().setAutoRead(false);
        try {
            this.executor.execute(() -> answer(ctx, command, keepAlive));
        }
        catch (RejectedExecutionException ex) {
            respond(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, TEXT, "too many commands wait\n", false);
        }
    }

    private void answer(ChannelHandlerContext ctx, Supplier<String> command, boolean keepAlive) {
        try {
            String answer = command.get();
            ctx.executor().execute(() -> respond(ctx, HttpResponseStatus.OK, JSON, answer, keepAlive));
        }
        catch (RuntimeException ex) {
            logger.warn("zookeeper.command-failed", ex);
            ctx.executor()
                .execute(() -> respond(ctx, HttpResponseStatus.INTERNAL_SERVER_ERROR, TEXT, ex.getMessage() + "\n",
                        false));
        }
    }

    private String links() {
        return this.commands.names()
            .stream()
            .map((name) -> "<a href=\"" + COMMANDS + "/" + name + "\">" + name + "</a>\n<br/>\n")
            .collect(Collectors.joining());
    }

    private void respond(ChannelHandlerContext ctx, HttpResponseStatus status, String type, String body,
            boolean keepAlive) {
        ByteBuf content = ByteBufUtil.writeUtf8(ctx.alloc(), body);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
            .set(HttpHeaderNames.CONTENT_TYPE, type)
            .setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
            .set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        ChannelFuture written = ctx.writeAndFlush(response);
        this.busy = false;
        ctx.channel().config().setAutoRead(true);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

}
