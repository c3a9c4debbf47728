/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.net.InetSocketAddress;

/**
 * Where a member listens for its peers.
 *
 * @param host name or address, IPv6 without brackets
 * @param port the port
 */
record PeerAddress(String host, int port) {

    /**
     * Reads {@code host:port}, where an IPv6 address is in brackets.
     * @param text the text
     * @return the address
     */
    static PeerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = (colon < 0) ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        else if (host.indexOf(':') >= 0) {
            host = "";
        }
        int port = -1;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        }
        catch (NumberFormatException ex) {
            // Reported below, with the rest.
        }
        if (host.isEmpty() || port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException(
                    "A peer address is host:port, with an IPv6 address in brackets, not \"" + text + "\"");
        }
        return new PeerAddress(host, port);
    }

    /**
     * Looks the host up. Blocks.
     * @return the address, which may be unresolved
     */
    InetSocketAddress resolve() {
        return new InetSocketAddress(this.host, this.port);
    }

    @Override
    public String toString() {
        return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
    }

}
