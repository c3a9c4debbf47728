/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The threads of the client port: epoll where there is one. */
final class EventLoops implements AutoCloseable {

    private final boolean epoll = Epoll.isAvailable();

    private final EventLoopGroup acceptor;

    private final EventLoopGroup workers;

    EventLoops(int threads) {
        this.acceptor = group("client-acceptor", 1);
        this.workers = group("client-io", threads);
    }

    EventLoopGroup acceptor() {
        return this.acceptor;
    }

    EventLoopGroup workers() {
        return this.workers;
    }

    Class<? extends ServerChannel> channelType() {
        return this.epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    @Override
    public void close() {
        stop(this.acceptor);
        stop(this.workers);
    }

    private static void stop(EventLoopGroup group) {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private EventLoopGroup group(String name, int threads) {
        ThreadFactory factory = new DefaultThreadFactory(name, true);
        IoHandlerFactory handlers = this.epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(threads, factory, handlers);
    }

}
