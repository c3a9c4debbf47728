/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy.crosscheck;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Stands between clients and a proxy and asks a real ZooKeeper the same. Differences are
 * logged and counted. Both must begin with the same tree. Safe for any thread.
 */
public final class CrossCheck implements AutoCloseable {

    private static final int MAX_FRAME_BYTES = 64 * 1024 * 1024;

    private final InetSocketAddress proxy;

    private final InetSocketAddress zookeeper;

    private final Report report = new Report();

    private final MirroredSessions sessions = new MirroredSessions();

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2,
            new DefaultThreadFactory("cross-check", true), NioIoHandler.newFactory());

    /**
     * Creates the comparison; it does not listen yet.
     * @param proxy whose answers clients get
     * @param zookeeper whose answers they are compared with
     */
    public CrossCheck(InetSocketAddress proxy, InetSocketAddress zookeeper) {
        this.proxy = proxy;
        this.zookeeper = zookeeper;
    }

    /**
     * Begins to listen.
     * @param address where
     * @return the address it listens on
     * @throws IOException if the port cannot be had
     */
    public InetSocketAddress start(InetSocketAddress address) throws IOException {
        ChannelFuture bound = new ServerBootstrap().group(this.loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new ChannelInitializer<Channel>() {

                @Override
                protected void initChannel(Channel channel) {
                    accept(channel);
                }

            })
            .bind(address)
            .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /** Ends all connections and logs what came of the comparisons. */
    @Override
    public void close() {
        this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        this.report.summary();
    }

    private void accept(Channel client) {
        CheckedConnection connection = new CheckedConnection(this.report, this.sessions, client);
        frames(client, connection::fromClient, connection::close);
        connect(client, this.zookeeper, connection::fromZookeeper,
                () -> connection.zookeeperIsLost("it has closed the connection"))
            .addListener((ChannelFutureListener) (connected) -> {
                if (connected.isSuccess()) {
                    connection.zookeeperIsThere(connected.channel());
                }
                else {
                    connection.zookeeperIsLost(String.valueOf(connected.cause().getMessage()));
                }
            });
        connect(client, this.proxy, connection::fromProxy, connection::close)
            .addListener((ChannelFutureListener) (connected) -> {
                if (connected.isSuccess()) {
                    connection.proxyIsThere(connected.channel());
                    client.config().setAutoRead(true);
                }
                else {
                    client.close();
                }
            });
    }

    private static ChannelFuture connect(Channel client, InetSocketAddress address, Consumer<ByteBuf> frame,
            Runnable closed) {
        return new Bootstrap().group(client.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new ChannelInitializer<Channel>() {

                @Override
                protected void initChannel(Channel channel) {
                    frames(channel, frame, closed);
                }

            })
            .connect(address);
    }

    private static void frames(Channel channel, Consumer<ByteBuf> frame, Runnable closed) {
        channel.pipeline()
            .addLast(new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, 0, Integer.BYTES, 0, Integer.BYTES),
                    new LengthFieldPrepender(Integer.BYTES), new Frames(frame, closed));
    }

    /** Hands frames over. */
    private static final class Frames extends SimpleChannelInboundHandler<ByteBuf> {

        private final Consumer<ByteBuf> frame;

        private final Runnable closed;

        Frames(Consumer<ByteBuf> frame, Runnable closed) {
            super(ByteBuf.class);
            this.frame = frame;
            this.closed = closed;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            this.frame.accept(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            this.closed.run();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

    }

}
