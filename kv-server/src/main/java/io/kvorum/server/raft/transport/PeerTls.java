/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import io.netty.handler.ssl.SslContext;

/**
 * TLS of the traffic between members. Who is trusted, and whether host names are
 * verified, is what the contexts were built with.
 *
 * @param client for connections to other members
 * @param server for connections from other members
 */
public record PeerTls(SslContext client, SslContext server) {

    /** Checks that each context is for its side. */
    public PeerTls {
        if (!client.isClient() || !server.isServer()) {
            throw new IllegalArgumentException("One TLS context must be for clients, the other for servers");
        }
    }

}
