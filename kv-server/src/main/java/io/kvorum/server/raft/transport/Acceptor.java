/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import com.google.protobuf.Message;
import io.kvorum.server.common.MemberId;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/**
 * Listens for other members and hands their requests on. Any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that fails ends in
                                              // channelInactive().
final class Acceptor {

    private final PeerContext context;

    private final Function<MemberId, PeerCounters> counters;

    private final Set<AcceptedConnection> connections = ConcurrentHashMap.newKeySet();

    private final Map<MemberId, AcceptedConnection> byPeer = new ConcurrentHashMap<>();

    private volatile @Nullable Channel listener;

    private volatile @Nullable PeerRpcServer engine;

    Acceptor(PeerContext context, Function<MemberId, PeerCounters> counters) {
        this.context = context;
        this.counters = counters;
    }

    /**
     * Begins to listen. Blocks for a moment.
     * @param listen where
     * @throws IOException if the address is taken or not ours
     */
    void bind(PeerAddress listen) throws IOException {
        InetSocketAddress address = listen.resolve();
        PeerLimits limits = this.context.limits();
        ChannelFuture bound = new ServerBootstrap().group(this.context.threads().eventLoops())
            .channel(this.context.threads().serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                    new WriteBufferWaterMark(limits.maxQueuedBytes() / 2, limits.maxQueuedBytes()))
            .childHandler(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    accept(channel);
                }
            })
            .bind(address)
            .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Cannot listen for peers on " + listen + ": " + bound.cause().getMessage(),
                    bound.cause());
        }
        this.listener = bound.channel();
    }

    /**
     * Returns the port that is listened on.
     * @return the port
     */
    int port() {
        Channel channel = this.listener;
        if (channel == null) {
            throw new IllegalStateException("The peer transport is not started");
        }
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /**
     * Hands the engine's requests to another server from now on.
     * @param server the server, or {@code null} for none
     */
    void engine(@Nullable PeerRpcServer server) {
        this.engine = server;
    }

    /**
     * Closes all accepted connections.
     * @return completes when the engine has forgotten them
     */
    CompletableFuture<Void> closeConnections() {
        CompletableFuture<?>[] ends = this.connections.stream().map((connection) -> {
            connection.close();
            return connection.retired();
        }).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends);
    }

    /** Stops listening and closes all connections. */
    void close() {
        Channel channel = this.listener;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        closeConnections();
    }

    /**
     * Returns where the traffic with a peer is counted.
     * @param peer the peer
     * @return its counters
     */
    PeerCounters counters(MemberId peer) {
        return this.counters.apply(peer);
    }

    /**
     * Returns where a connection comes from.
     * @param channel the connection
     * @return the host, without the port
     */
    String host(Channel channel) {
        return (channel.remoteAddress() instanceof InetSocketAddress remote) ? remote.getAddress().getHostAddress()
                : "unknown";
    }

    /**
     * A peer has introduced itself. Its older connection, if there is one, is closed.
     * @param connection the new connection
     * @return completes when the engine has forgotten the older one
     */
    CompletableFuture<Void> introduced(AcceptedConnection connection) {
        AcceptedConnection older = this.byPeer.put(connection.peer(), connection);
        if (older == null) {
            return CompletableFuture.completedFuture(null);
        }
        older.close();
        return older.retired();
    }

    /**
     * A connection is closed.
     * @param connection the connection
     */
    void closed(AcceptedConnection connection) {
        this.connections.remove(connection);
        this.byPeer.remove(connection.peer(), connection);
        PeerRpcServer server = this.engine;
        Runnable retirement = () -> {
            try {
                if (server != null) {
                    server.closed(connection);
                }
            }
            finally {
                connection.retired().complete(null);
            }
        };
        try {
            // The engine waits for its threads here.
            this.context.threads().mayBlock(retirement);
        }
        catch (RejectedExecutionException ex) {
            retirement.run();
        }
    }

    /**
     * Hands a request to the engine.
     * @param connection where it came from
     * @param type its type
     * @param id its id
     * @param request the request
     */
    void dispatch(AcceptedConnection connection, MessageType type, long id, Message request) {
        PeerRpcServer server = this.engine;
        if (server == null) {
            connection.refuse(id, false, "does not take part at the moment");
            return;
        }
        server.dispatch(connection, type, id, request);
    }

    private void accept(Channel channel) {
        if (this.connections.size() >= this.context.limits().maxConnections()) {
            channel.close();
            return;
        }
        AcceptedConnection connection = new AcceptedConnection(this.context, this, channel);
        this.connections.add(connection);
        PeerTls tls = this.context.tls();
        if (tls != null) {
            channel.pipeline().addLast(tls.server().newHandler(channel.alloc()));
        }
        channel.pipeline().addLast(connection.decoder(), connection);
    }

}
