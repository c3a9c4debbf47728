/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection whose frames are written by hand. */
final class RawSession implements AutoCloseable {

    static final int PASSWORD_BYTES = 16;

    private static final int PATIENCE_MILLIS = 20_000;

    private static final int SESSION_TIMEOUT_MILLIS = 20_000;

    private final Socket socket;

    private final DataInputStream in;

    private final DataOutputStream out;

    RawSession(String endpoint) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), URI.create("tcp://" + endpoint).getPort());
        this.socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new DataInputStream(this.socket.getInputStream());
        this.out = new DataOutputStream(this.socket.getOutputStream());
    }

    DataInputStream in() {
        return this.in;
    }

    DataOutputStream out() {
        return this.out;
    }

    /** Asks for a session and returns the answer. */
    byte[] connect(long session, byte[] password) throws IOException {
        Frame frame = new Frame().number(0).big(0).number(SESSION_TIMEOUT_MILLIS).big(session).bytes(password);
        send(frame.flag(false));
        return receive();
    }

    RawSession connected() throws IOException {
        connect(0, new byte[PASSWORD_BYTES]);
        return this;
    }

    void send(Frame frame) throws IOException {
        byte[] bytes = frame.toBytes();
        this.out.writeInt(bytes.length);
        this.out.write(bytes);
    }

    byte[] receive() throws IOException {
        byte[] answer = new byte[this.in.readInt()];
        this.in.readFully(answer);
        return answer;
    }

    /** Whether the server ends the connection without another byte. */
    boolean isClosed() throws IOException {
        try {
            return this.in.read() == -1;
        }
        catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }

    /** The bytes of a request. */
    static final class Frame {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private final DataOutputStream data = new DataOutputStream(this.bytes);

        static Frame request(int xid, int type) throws IOException {
            return new Frame().number(xid).number(type);
        }

        Frame number(int value) throws IOException {
            this.data.writeInt(value);
            return this;
        }

        Frame big(long value) throws IOException {
            this.data.writeLong(value);
            return this;
        }

        Frame flag(boolean value) throws IOException {
            this.data.writeBoolean(value);
            return this;
        }

        Frame text(String value) throws IOException {
            return bytes(value.getBytes(StandardCharsets.UTF_8));
        }

        Frame bytes(byte[] value) throws IOException {
            this.data.writeInt(value.length);
            this.data.write(value);
            return this;
        }

        byte[] toBytes() {
            return this.bytes.toByteArray();
        }

    }

}
