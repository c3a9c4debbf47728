/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A session with a ZooKeeper port. Confined to the thread that uses it. */
final class ZnodeConnection implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 18;

    private static final int ERROR_OFFSET = Integer.BYTES + Long.BYTES;

    private final SocketChannel channel;

    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** Connects and waits for the session. */
    ZnodeConnection(String endpoint) {
        try {
            URI uri = URI.create("tcp://" + endpoint);
            this.channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
            this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ZnodeRequests.connect(this.out);
            send();
            while (!hasFrame()) {
                receive();
            }
            skipFrame();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("no session at " + endpoint, ex);
        }
    }

    SocketChannel channel() {
        return this.channel;
    }

    /** Where requests are written before they are sent. */
    ByteBuffer out() {
        return this.out;
    }

    /** Sends everything; small requests always fit into the socket's buffer. */
    void send() throws IOException {
        this.out.flip();
        while (this.out.hasRemaining()) {
            this.channel.write(this.out);
        }
        this.out.clear();
    }

    /** Reads what is there, at least something if the channel blocks. */
    void receive() throws IOException {
        if (this.channel.read(this.in) < 0) {
            throw new IOException("closed by the server");
        }
    }

    boolean hasFrame() {
        return this.in.position() >= Integer.BYTES && this.in.position() - Integer.BYTES >= this.in.getInt(0);
    }

    /** Takes the answer that has come and returns its error code. */
    int takeAnswer() {
        int error = this.in.getInt(Integer.BYTES + ERROR_OFFSET);
        skipFrame();
        return error;
    }

    private void skipFrame() {
        int end = Integer.BYTES + this.in.getInt(0);
        this.in.flip().position(end);
        this.in.compact();
    }

    @Override
    public void close() {
        try {
            this.channel.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
