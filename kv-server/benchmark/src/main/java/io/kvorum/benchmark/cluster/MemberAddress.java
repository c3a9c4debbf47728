/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Name and ports of a member on loopback.
 *
 * @param name the name
 * @param clientPort port for clients
 * @param peerPort port for the other members
 */
record MemberAddress(String name, int clientPort, int peerPort) {

    static List<MemberAddress> free(int members) {
        List<Integer> ports = freePorts(2 * members);
        List<MemberAddress> addresses = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            addresses.add(new MemberAddress("n" + (i + 1), ports.get(2 * i), ports.get(2 * i + 1)));
        }
        return addresses;
    }

    static String initialCluster(List<MemberAddress> addresses) {
        return addresses.stream()
            .map((address) -> address.name() + "=" + address.peerUrl())
            .collect(Collectors.joining(","));
    }

    String clientUrl() {
        return "http://127.0.0.1:" + this.clientPort;
    }

    String peerUrl() {
        return "http://127.0.0.1:" + this.peerPort;
    }

    /** All ports are held until the last one is known, so that none is given twice. */
    static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("no free port", ex);
        }
        finally {
            sockets.forEach(MemberAddress::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("cannot give back a port", ex);
        }
    }

}
