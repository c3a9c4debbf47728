/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;

import io.kvorum.server.common.Clock;
import io.kvorum.server.node.KvNode;

/** A ZooKeeper port, of a member or of a proxy. Safe for any thread. */
public final class ZookeeperServer implements AutoCloseable {

    private final ZookeeperSettings settings;

    private final EventLoopGroup loops;

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final WatchFeed feed;

    private final Services services;

    /**
     * Creates the server; it does not listen yet.
     * @param node the member
     * @param settings the limits
     * @param clock the time
     * @param newIds makes unpredictable numbers for session ids and passwords
     */
    public ZookeeperServer(KvNode node, ZookeeperSettings settings, Clock clock, LongSupplier newIds) {
        this(new NodeEnsemble(node), settings, clock, newIds);
    }

    /**
     * Creates the server in front of somebody else; it does not listen yet.
     * @param ensemble keeps the tree
     * @param settings the limits
     * @param clock the time
     * @param newIds makes unpredictable numbers for session ids and passwords
     */
    public ZookeeperServer(Ensemble ensemble, ZookeeperSettings settings, Clock clock, LongSupplier newIds) {
        this.settings = settings;
        ThreadFactory factory = new DefaultThreadFactory("zookeeper-io", true);
        IoHandlerFactory handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.loops = new MultiThreadIoEventLoopGroup(settings.ioThreads(), factory, handlers);
        this.feed = new WatchFeed(ensemble.watches(), this.loops);
        this.services = new Services(ensemble, settings, clock, newIds, new Reads(ensemble), this.feed);
    }

    /**
     * Begins to listen.
     * @param address where
     * @return the address it listens on, with the port that the system picked if that was
     * 0
     * @throws IOException if the port cannot be had
     */
    public InetSocketAddress start(InetSocketAddress address) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap().group(this.loops)
            .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connections());
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        this.connections.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /** Closes all connections; their sessions go on and can be resumed elsewhere. */
    @Override
    public void close() {
        this.connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        this.feed.close();
        this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** Prepares connections as they come in. */
    private final class Connections extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            if (ZookeeperServer.this.connections.size() > ZookeeperServer.this.settings.maxConnections()) {
                channel.close();
                return;
            }
            ZookeeperServer.this.connections.add(channel);
            channel.pipeline()
                .addLast(new FrameDecoder(ZookeeperServer.this.settings.maxFrameBytes()),
                        new ClientConnection(ZookeeperServer.this.services, channel));
        }

    }

}
