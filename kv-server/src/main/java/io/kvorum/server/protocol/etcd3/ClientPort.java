/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.time.Duration;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * What a new connection meets: a place among the others or none, TLS if there is a
 * context, then a look at its first bytes.
 *
 * @param tls the TLS context, or {@code null}
 * @param http takes the connections that do not speak HTTP/2
 * @param connections all open connections of the member
 * @param maxConnections how many there may be; more are closed at once
 * @param firstBytesTimeout how long a connection may say nothing
 */
record ClientPort(@Nullable SslContext tls, HttpPipeline http, ChannelGroup connections, int maxConnections,
        Duration firstBytesTimeout) implements InternalProtocolNegotiator.ProtocolNegotiator {

    private static final AsciiString HTTP = AsciiString.cached("http");

    private static final AsciiString HTTPS = AsciiString.cached("https");

    /**
     * Gives a connection its place.
     * @param connection the connection
     * @return whether there was one; otherwise it is to be closed
     */
    boolean admit(Channel connection) {
        // Two event loops may both take the last place; the limit is there to keep memory
        // bounded, not to count exactly.
        return this.connections.size() < this.maxConnections && this.connections.add(connection);
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        return InternalProtocolNegotiators.waitUntilActiveHandler(new FirstBytesHandler(this, grpc),
                grpc.getNegotiationLogger());
    }

    @Override
    public AsciiString scheme() {
        return (this.tls != null) ? HTTPS : HTTP;
    }

    @Override
    public void close() {
        // Nothing of this is its own.
    }

}
