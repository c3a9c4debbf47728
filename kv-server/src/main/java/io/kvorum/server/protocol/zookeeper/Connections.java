/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

import io.kvorum.server.protocol.zookeeper.admin.PortStatistics;
import io.kvorum.server.protocol.zookeeper.admin.PortView;

/** The connections of a port, and how many more it takes. Any thread. */
final class Connections implements PortView {

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final Set<PortConnection> views = ConcurrentHashMap.newKeySet();

    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    private final int max;

    private final int maxPerAddress;

    private final PortStatistics statistics;

    private final BooleanSupplier readOnly;

    Connections(ZookeeperSettings settings, PortStatistics statistics, BooleanSupplier readOnly) {
        this.readOnly = readOnly;
        this.max = settings.maxConnections();
        this.maxPerAddress = settings.maxConnectionsPerAddress();
        this.statistics = statistics;
    }

    /** A listening channel, which is closed with the connections. */
    void addListener(Channel channel) {
        this.channels.add(channel);
    }

    /**
     * Lets a channel in, unless there are too many already.
     * @return whether there is room for it
     */
    boolean admit(Channel channel) {
        InetAddress address = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        int ofAddress = this.perAddress.merge(address, 1, Integer::sum);
        channel.closeFuture().addListener((closed) -> this.perAddress.computeIfPresent(address, (key, count) -> {
            int left = count - 1;
            return (left > 0) ? left : null;
        }));
        boolean tooMany = this.views.size() >= this.max || (this.maxPerAddress > 0 && ofAddress > this.maxPerAddress);
        if (tooMany) {
            this.statistics.rejected();
            return false;
        }
        this.channels.add(channel);
        return true;
    }

    /** A connection is there until its channel is closed. */
    void add(Channel channel, PortConnection connection) {
        this.views.add(connection);
        channel.closeFuture().addListener((closed) -> this.views.remove(connection));
    }

    /** Closes the connections of clients; who asks a word of an operator is answered. */
    void closeSessions() {
        this.views.stream().filter((connection) -> connection.sessionId() != 0).forEach(PortConnection::close);
    }

    ChannelGroup channels() {
        return this.channels;
    }

    @Override
    public Collection<PortConnection> connections() {
        return this.views;
    }

    @Override
    public PortStatistics statistics() {
        return this.statistics;
    }

    @Override
    public boolean isReadOnly() {
        return this.readOnly.getAsBoolean();
    }

}
