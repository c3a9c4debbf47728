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
import java.util.function.Supplier;

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
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
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
import io.kvorum.server.protocol.zookeeper.admin.PortView;
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

    private final TreeCensus census;

    private volatile int port = -1;

    private volatile int securePort = -1;

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
        this.feed = new WatchFeed(ensemble, this.loops);
        this.statistics = new PortStatistics(clock);
        Availability availability = new Availability(source, settings, clock, this::closeSessions);
        this.connections = new Connections(settings, this.statistics, availability::isReadOnly);
        this.services = new Services(ensemble, settings, clock, newIds, new Reads(ensemble), this.feed, availability);
        availability.start(this.loops);
        this.operators = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(settings.maxWaitingWords()),
                new DefaultThreadFactory("zookeeper-admin", true));
        this.operators.allowCoreThreadTimeOut(true);
        Facts facts = new Facts(source, this.connections, () -> describe(directories), clock);
        this.census = new TreeCensus(source, clock);
        this.words = new FourLetterWords(facts, this.census, settings.allowedWords());
        this.admin = new AdminServer(new AdminCommands(facts, this.census), this.operators);
    }

    /**
     * Begins to listen.
     * @param address where
     * @return the address it listens on, with the port that the system picked if that was
     * 0
     * @throws IOException if the port cannot be had
     */
    public InetSocketAddress start(InetSocketAddress address) throws IOException {
        InetSocketAddress listening = listen(address, null);
        this.port = listening.getPort();
        return listening;
    }

    /**
     * Begins to listen for encrypted connections.
     * @param address where
     * @param tls what the next connection is encrypted with
     * @return the address it listens on
     * @throws IOException if the port cannot be had
     */
    public InetSocketAddress startSecure(InetSocketAddress address, Supplier<SslContext> tls) throws IOException {
        InetSocketAddress listening = listen(address, tls);
        this.securePort = listening.getPort();
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

    /**
     * Returns this port as operators see it.
     * @return the view
     */
    public PortView view() {
        return this.connections;
    }

    /**
     * Returns how many znodes there are, or were not long ago.
     * @return the count, or {@code null} if nobody asked before
     */
    public TreeCensus.@Nullable Count recentCount() {
        return this.census.recent(this.operators);
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

    private void closeSessions() {
        this.connections.closeSessions();
    }

    private InetSocketAddress listen(InetSocketAddress address, @Nullable Supplier<SslContext> tls) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap().group(this.loops)
            .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Pipeline(tls));
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        this.connections.addListener(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private PortDescription describe(@Nullable Directories directories) {
        return new PortDescription(this.port, this.securePort, (directories != null) ? directories.data() : null,
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

        private final @Nullable Supplier<SslContext> tls;

        Pipeline(@Nullable Supplier<SslContext> tls) {
            this.tls = tls;
        }

        @Override
        protected void initChannel(Channel channel) {
            ZookeeperServer server = ZookeeperServer.this;
            if (!server.connections.admit(channel)) {
                channel.close();
                return;
            }
            ClientConnection client = new ClientConnection(server.services, channel);
            PortConnection connection = new PortConnection(channel, this.tls != null, client,
                    new ConnectionStatistics(server.services.clock()));
            server.connections.add(channel, connection);
            if (this.tls != null) {
                SslHandler handler = this.tls.get().newHandler(channel.alloc());
                handler.setHandshakeTimeoutMillis(server.settings.handshakeTimeout().toMillis());
                channel.pipeline().addLast(handler);
            }
            channel.pipeline()
                .addLast(new FirstWord(server.words, connection, server.statistics, server.operators),
                        new FrameDecoder(server.settings.maxFrameBytes()),
                        new PacketAccount(connection, server.statistics, server.settings, server.services.clock()),
                        client);
        }

    }

}
