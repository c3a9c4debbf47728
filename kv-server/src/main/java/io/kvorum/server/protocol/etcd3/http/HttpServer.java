/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

import io.kvorum.server.protocol.etcd3.HttpPipeline;

/**
 * Ports that speak HTTP/1.1 only, so that monitoring needs no way to the client port. One
 * event loop, which is not one of those that serve clients. Opened and closed by one
 * thread.
 */
public final class HttpServer implements AutoCloseable {

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("http", true),
            NioIoHandler.newFactory());

    private final List<Channel> listeners = new ArrayList<>();

    private final HttpPipeline pipeline;

    /**
     * Creates the server; nothing listens yet.
     * @param pipeline what connections speak
     */
    public HttpServer(HttpPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Listens on one more address.
     * @param address the address; port 0 lets the system choose
     * @return the address with its port
     * @throws IOException if it cannot be listened on
     */
    public InetSocketAddress listen(InetSocketAddress address) throws IOException {
        ChannelFuture bound = new ServerBootstrap().group(this.loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(new ChannelInitializer<>() {

                @Override
                protected void initChannel(Channel channel) {
                    HttpServer.this.pipeline.install(channel.pipeline());
                }

            })
            .bind(address)
            .awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure != null) {
            throw (failure instanceof IOException ex) ? ex : new IOException(failure);
        }
        this.listeners.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    @Override
    public void close() {
        this.listeners.forEach((listener) -> listener.close().awaitUninterruptibly());
        this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

}
