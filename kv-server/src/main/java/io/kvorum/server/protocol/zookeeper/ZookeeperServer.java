/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
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
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Clock;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.zookeeper.admin.AdminCommands;
import io.kvorum.server.protocol.zookeeper.admin.AdminServer;
import io.kvorum.server.protocol.zookeeper.admin.ConnectionStatistics;
import io.kvorum.server.protocol.zookeeper.admin.Facts;
import io.kvorum.server.protocol.zookeeper.admin.FourLetterWords;
import io.kvorum.server.protocol.zookeeper.admin.PortDescription;
import io.kvorum.server.protocol.zookeeper.admin.PortStatistics;
import io.kvorum.server.protocol.zookeeper.admin.Source;
import io.kvorum.server.protocol.zookeeper.admin.TreeCensus;

/** A ZooKeeper port, of a member or of a proxy. Safe for any thread. */
public final class ZookeeperServer implements AutoCloseable {

    private final ZookeeperSettings settings;

    private final EventLoopGroup loops;

    private final PortStatistics statistics;

    private final Connections connections;

    private final WatchFeed feed;

    private final Services services;

    private final ThreadPoolExecutor operators;

    private final FourLetterWords words;

    private final AdminServer admin;

    private volatile int port = -1;

    /**
     * Creates the server; it does not listen yet.
     * @param node the member
     * @param settings the limits
     * @param directories where the member keeps its data and its log, for who asks
     * @param clock the time
     * @param newIds makes unpredictable numbers for session ids and passwords
     */
    public ZookeeperServer(KvNode node, ZookeeperSettings settings, Directories directories, Clock clock,
            LongSupplier newIds) {
        this(new NodeEnsemble(node), new NodeSource(node), settings, directories, clock, newIds);
    }

    /**
     * Creates the server in front of somebody else; it does not listen yet.
     * @param ensemble keeps the tree
     * @param settings the limits
     * @param clock the time
     * @param newIds makes unpredictable numbers for session ids and passwords
     */
    public ZookeeperServer(Ensemble ensemble, ZookeeperSettings settings, Clock clock, LongSupplier newIds) {
        this(ensemble, new EnsembleSource(ensemble), settings, null, clock, newIds);
    }

    private ZookeeperServer(Ensemble ensemble, Source source, ZookeeperSettings settings,
            @Nullable Directories directories, Clock clock, LongSupplier newIds) {
        this.settings = settings;
        ThreadFactory factory = new DefaultThreadFactory("zookeeper-io", true);
        IoHandlerFactory handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.loops = new MultiThreadIoEventLoopGroup(settings.ioThreads(), factory, handlers);
        this.feed = new WatchFeed(ensemble.watches(), this.loops);
        this.services = new Services(ensemble, settings, clock, newIds, new Reads(ensemble), this.feed);
        this.statistics = new PortStatistics(clock);
        this.connections = new Connections(settings, this.statistics);
        this.operators = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(settings.maxWaitingWords()),
                new DefaultThreadFactory("zookeeper-admin", true));
        this.operators.allowCoreThreadTimeOut(true);
        Facts facts = new Facts(source, this.connections, () -> describe(directories), clock);
        TreeCensus census = new TreeCensus(source, clock);
        this.words = new FourLetterWords(facts, census, settings.allowedWords());
        this.admin = new AdminServer(new AdminCommands(facts, census), this.operators);
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
            .childHandler(new Pipeline());
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        this.connections.addListener(bound.channel());
        InetSocketAddress listening = (InetSocketAddress) bound.channel().localAddress();
        this.port = listening.getPort();
        return listening;
    }

    /**
     * Begins to answer operators over HTTP.
     * @param address where
     * @return the address it listens on
     * @throws IOException if the port cannot be had
     */
    public InetSocketAddress startAdmin(InetSocketAddress address) throws IOException {
        return this.admin.start(address);
    }

    /** Closes all connections; their sessions go on and can be resumed elsewhere. */
    @Override
    public void close() {
        this.connections.channels().close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        this.admin.close();
        this.operators.shutdownNow();
        this.feed.close();
        this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private PortDescription describe(@Nullable Directories directories) {
        return new PortDescription(this.port, -1, (directories != null) ? directories.data() : null,
                (directories != null) ? directories.log() : null,
                new PortDescription.Limits((int) this.settings.tick().toMillis(),
                        (int) this.settings.minSessionTimeout().toMillis(),
                        (int) this.settings.maxSessionTimeout().toMillis(), this.settings.maxConnectionsPerAddress()));
    }

    /**
     * Where a member keeps what it knows.
     *
     * @param data the store
     * @param log the Raft log
     */
    public record Directories(Path data, Path log) {
    }

    /** Prepares connections as they come in. */
    private final class Pipeline extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            ZookeeperServer server = ZookeeperServer.this;
            if (!server.connections.admit(channel)) {
                channel.close();
                return;
            }
            ClientConnection client = new ClientConnection(server.services, channel);
            PortConnection connection = new PortConnection(channel, false, client,
                    new ConnectionStatistics(server.services.clock()));
            server.connections.add(channel, connection);
            channel.pipeline()
                .addLast(new FirstWord(server.words, connection, server.statistics, server.operators),
                        new FrameDecoder(server.settings.maxFrameBytes()),
                        new PacketAccount(connection, server.statistics, server.settings, server.services.clock()),
                        client);
        }

    }

}
