/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A plain socket that says to a member whatever a test wants it to hear. */
final class RawPeer implements AutoCloseable {

    private final Socket socket;

    private final DataInputStream in;

    RawPeer(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setSoTimeout(10_000);
        this.in = new DataInputStream(this.socket.getInputStream());
    }

    void send(byte[] bytes) throws IOException {
        this.socket.getOutputStream().write(bytes);
    }

    void sendFrame(int kind, int type, byte[] body) throws IOException {
        send(frame(kind, type, body));
    }

    void sendHandshake(Handshake hello) throws IOException {
        sendFrame(1, 0, hello.encode());
    }

    /** Reads a frame and returns its kind and its body. */
    Received receive() throws IOException {
        int length = this.in.readInt();
        int kind = this.in.readByte();
        int type = this.in.readByte();
        this.in.readLong();
        return new Received(kind, type, new String(this.in.readNBytes(length - 10), StandardCharsets.ISO_8859_1));
    }

    /** Reads until the member hangs up; fails if it does not. */
    int readToEnd() throws IOException {
        int bytes = 0;
        try {
            while (this.in.read() >= 0) {
                bytes++;
            }
        }
        catch (SocketException ex) {
            // A reset is an end as well: the member closed before it had read everything.
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }

    static byte[] frame(int kind, int type, byte[] body) {
        return ByteBuffer.allocate(14 + body.length)
            .putInt(10 + body.length)
            .put((byte) kind)
            .put((byte) type)
            .putLong(1)
            .put(body)
            .array();
    }

    /**
     * A frame from the member.
     *
     * @param kind its kind
     * @param type its type
     * @param body its body
     */
    record Received(int kind, int type, String body) {
    }

}
