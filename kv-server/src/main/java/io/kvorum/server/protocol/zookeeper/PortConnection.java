/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.Channel;

import io.kvorum.server.protocol.zookeeper.admin.ConnectionStatistics;
import io.kvorum.server.protocol.zookeeper.admin.ConnectionView;

/** A connection as operators see it. Any thread. */
final class PortConnection implements ConnectionView {

    private static final int READ = 1;

    private static final int WRITE = 4;

    private final Channel channel;

    private final InetSocketAddress remote;

    private final boolean secure;

    private final ClientConnection client;

    private final ConnectionStatistics statistics;

    private volatile long sessionId;

    private volatile int timeoutMillis;

    PortConnection(Channel channel, boolean secure, ClientConnection client, ConnectionStatistics statistics) {
        this.channel = channel;
        this.remote = (InetSocketAddress) channel.remoteAddress();
        this.secure = secure;
        this.client = client;
        this.statistics = statistics;
    }

    /** The connection has a session from now on. */
    void begin(long session, int negotiatedMillis) {
        this.timeoutMillis = negotiatedMillis;
        this.sessionId = session;
    }

    void close() {
        this.channel.close();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return this.remote;
    }

    @Override
    public boolean isSecure() {
        return this.secure;
    }

    @Override
    public int interestOps() {
        return (this.channel.config().isAutoRead() ? READ : 0) | (this.channel.isWritable() ? 0 : WRITE);
    }

    @Override
    public long sessionId() {
        return this.sessionId;
    }

    @Override
    public int timeoutMillis() {
        return this.timeoutMillis;
    }

    @Override
    public ConnectionStatistics statistics() {
        return this.statistics;
    }

    @Override
    public int dataWatchCount() {
        return this.client.watches().dataCount();
    }

    @Override
    public int childWatchCount() {
        return this.client.watches().childCount();
    }

    @Override
    public CompletableFuture<Set<String>> watchedPaths() {
        CompletableFuture<Set<String>> paths = new CompletableFuture<>();
        this.channel.eventLoop().execute(() -> paths.complete(this.client.watches().dataPaths()));
        return paths;
    }

}
