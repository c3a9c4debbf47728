/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * ZooKeeper's admin server: {@code GET /commands/<name>} answers with JSON. Safe for any
 * thread.
 */
public final class AdminServer implements AutoCloseable {

    private static final int MAX_BODY_BYTES = 4096;

    /** Tools ask from time to time; more connections than this are closed at once. */
    private static final int MAX_CONNECTIONS = 100;

    private static final int IDLE_SECONDS = 30;

    /** Its thread begins with the first connection. */
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
            new DefaultThreadFactory("zookeeper-admin-io", true), NioIoHandler.newFactory());

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final AdminCommands commands;

    private final Executor executor;

    /**
     * Creates the server; it does not listen yet.
     * @param commands what it answers
     * @param executor carries the commands out; may refuse
     */
    public AdminServer(AdminCommands commands, Executor executor) {
        this.commands = commands;
        this.executor = executor;
    }

    /**
     * Begins to listen.
     * @param address where; port 0 lets the system choose
     * @return the address with its port
     * @throws IOException if the port cannot be had
     */
    public InetSocketAddress start(InetSocketAddress address) throws IOException {
        ChannelFuture bound = new ServerBootstrap().group(this.loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(new ChannelInitializer<>() {

                @Override
                protected void initChannel(Channel channel) {
                    install(channel);
                }

            })
            .bind(address)
            .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        this.channels.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    @Override
    public void close() {
        this.channels.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private void install(Channel channel) {
        if (this.channels.size() > MAX_CONNECTIONS) {
            channel.close();
            return;
        }
        this.channels.add(channel);
        channel.pipeline()
            .addLast(new ReadTimeoutHandler(IDLE_SECONDS), new HttpServerCodec(),
                    new HttpObjectAggregator(MAX_BODY_BYTES), new AdminRequests(this.commands, this.executor));
    }

}
