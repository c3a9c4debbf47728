/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;

import org.jspecify.annotations.Nullable;

/** A connection that sends and receives whole frames. */
final class Wire implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;

    private final DataInputStream in;

    private boolean ended;

    Wire(String endpoint) throws IOException {
        URI uri = URI.create("tcp://" + endpoint);
        this.socket = new Socket(uri.getHost(), uri.getPort());
        this.socket.setTcpNoDelay(true);
        this.socket.setSoTimeout(TIMEOUT_MILLIS);
        this.in = new DataInputStream(new BufferedInputStream(this.socket.getInputStream()));
    }

    /** Sends frames at once. A connection that has been closed already takes them too. */
    void send(byte[]... frames) {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(all);
            for (byte[] frame : frames) {
                out.writeInt(frame.length);
                out.write(frame);
            }
            this.socket.getOutputStream().write(all.toByteArray());
        }
        catch (IOException closed) {
            // Reading says so too.
        }
    }

    /** The next frame, or {@code null} at the end of the connection. */
    byte @Nullable [] receive() {
        if (this.ended) {
            return null;
        }
        try {
            byte[] frame = new byte[this.in.readInt()];
            this.in.readFully(frame);
            return frame;
        }
        catch (SocketTimeoutException ex) {
            throw new IllegalStateException("no answer for " + TIMEOUT_MILLIS + " ms", ex);
        }
        catch (IOException closed) {
            this.ended = true;
            return null;
        }
    }

    @Override
    public void close() {
        try {
            this.ended = true;
            this.socket.close();
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
