/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.badinput;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A TCP connection that follows no protocol. */
final class RawConnection implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;

    private final Socket socket = new Socket();

    RawConnection(int port) throws IOException {
        this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    }

    /** Sends bytes; that the other side has had enough already is no failure. */
    void send(byte[] bytes) {
        try {
            this.socket.getOutputStream().write(bytes);
            this.socket.getOutputStream().flush();
        }
        catch (IOException refused) {
            // The server closed the connection first, as it may.
        }
    }

    /** Closes the sending direction only. */
    void sendEnd() {
        try {
            this.socket.shutdownOutput();
        }
        catch (IOException refused) {
            // The server closed the connection first, as it may.
        }
    }

    /** What the other side answers before it closes the connection or falls silent. */
    byte[] answer(int timeoutMillis) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        this.socket.setSoTimeout(timeoutMillis);
        InputStream in = this.socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                answer.write(buffer, 0, count);
            }
        }
        catch (SocketTimeoutException silent) {
            return answer.toByteArray();
        }
        catch (IOException reset) {
            return answer.toByteArray();
        }
        return answer.toByteArray();
    }

    /** Closes with a reset instead of an orderly end. */
    void reset() throws IOException {
        this.socket.setSoLinger(true, 0);
        this.socket.close();
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }

}
