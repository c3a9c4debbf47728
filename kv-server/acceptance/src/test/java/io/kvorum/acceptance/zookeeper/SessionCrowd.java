/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process with very many sessions on one thread, each with one ephemeral znode, kept
 * alive by pings. Says "ready" when all are there, "lost" whenever one is gone.
 */
final class SessionCrowd {

    /** More handshakes than this at a time would only queue up at the server. */
    private static final int MAX_STARTING = 200;

    private static final int PASSWORD_BYTES = 16;

    private static final int CREATE = 1;

    private static final int CREATE_XID = 1;

    private static final int EPHEMERAL = 1;

    private static final int PING = 11;

    private static final int PING_XID = -2;

    private static final int ALL_PERMISSIONS = 31;

    private final Selector selector = Selector.open();

    private final InetSocketAddress server;

    private final int timeoutMillis;

    private final String parent;

    private final List<Session> sessions = new ArrayList<>();

    private int ready;

    private SessionCrowd(InetSocketAddress server, int timeoutMillis, String parent) throws IOException {
        this.server = server;
        this.timeoutMillis = timeoutMillis;
        this.parent = parent;
    }

    static Process start(String endpoint, int count, int timeoutMillis, String parent) throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx128m",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), SessionCrowd.class.getName(),
                endpoint, Integer.toString(count), Integer.toString(timeoutMillis), parent)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    }

    public static void main(String[] args) throws IOException {
        int colon = args[0].lastIndexOf(':');
        InetSocketAddress server = new InetSocketAddress(args[0].substring(0, colon),
                Integer.parseInt(args[0].substring(colon + 1)));
        new SessionCrowd(server, Integer.parseInt(args[2]), args[3]).run(Integer.parseInt(args[1]));
    }

    private void run(int count) throws IOException {
        boolean told = false;
        while (true) {
            while (this.sessions.size() < count && this.sessions.size() - this.ready < MAX_STARTING) {
                this.sessions.add(new Session(this.sessions.size()));
            }
            this.selector.select(this::selected, 50);
            long now = System.nanoTime();
            for (Session session : this.sessions) {
                session.pingIfDue(now);
            }
            if (!told && this.ready == count) {
                told = true;
                say("ready");
            }
        }
    }

    private void selected(SelectionKey key) {
        Session session = (Session) key.attachment();
        try {
            if (key.isConnectable()) {
                session.connected();
            }
            else {
                session.read();
            }
        }
        catch (IOException ex) {
            key.cancel();
            say("lost " + session.number + " " + ex);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** One session on a connection of its own. */
    private final class Session {

        private final int number;

        private final SocketChannel channel = SocketChannel.open();

        private final SelectionKey key;

        private final ByteBuffer in = ByteBuffer.allocate(256);

        private int answers;

        private long nextPing = Long.MAX_VALUE;

        Session(int number) throws IOException {
            this.number = number;
            this.channel.configureBlocking(false);
            this.key = this.channel.register(SessionCrowd.this.selector, SelectionKey.OP_CONNECT, this);
            this.channel.connect(SessionCrowd.this.server);
        }

        void connected() throws IOException {
            this.channel.finishConnect();
            this.key.interestOps(SelectionKey.OP_READ);
            ByteBuffer out = frame();
            out.putInt(0).putLong(0).putInt(SessionCrowd.this.timeoutMillis).putLong(0);
            out.putInt(PASSWORD_BYTES).put(new byte[PASSWORD_BYTES]).put((byte) 0);
            send(out);
        }

        void read() throws IOException {
            if (this.channel.read(this.in) < 0) {
                throw new IOException("closed by the server");
            }
            this.in.flip();
            while (this.in.remaining() >= Integer.BYTES
                    && this.in.remaining() >= Integer.BYTES + this.in.getInt(this.in.position())) {
                ByteBuffer answer = this.in.slice(this.in.position() + Integer.BYTES, this.in.getInt());
                this.in.position(this.in.position() + answer.remaining());
                answered(answer);
            }
            this.in.compact();
        }

        private void answered(ByteBuffer answer) throws IOException {
            this.answers++;
            if (this.answers == 1) {
                if (answer.getInt(Integer.BYTES) == 0) {
                    throw new IOException("no session");
                }
                create();
            }
            else if (answer.getInt(Integer.BYTES + Long.BYTES) != 0) {
                throw new IOException("error " + answer.getInt(Integer.BYTES + Long.BYTES));
            }
            else if (answer.getInt(0) == CREATE_XID) {
                SessionCrowd.this.ready++;
                this.nextPing = System.nanoTime();
                pingIfDue(this.nextPing);
            }
        }

        private void create() throws IOException {
            ByteBuffer out = frame().putInt(CREATE_XID).putInt(CREATE);
            put(out, SessionCrowd.this.parent + "/" + this.number);
            out.putInt(0).putInt(1).putInt(ALL_PERMISSIONS);
            put(out, "world");
            put(out, "anyone");
            send(out.putInt(EPHEMERAL));
        }

        void pingIfDue(long now) {
            if (this.nextPing > now || !this.key.isValid()) {
                return;
            }
            this.nextPing = now + TimeUnit.MILLISECONDS.toNanos(SessionCrowd.this.timeoutMillis / 3);
            try {
                send(frame().putInt(PING_XID).putInt(PING));
            }
            catch (IOException ex) {
                this.key.cancel();
                say("lost " + this.number + " " + ex);
            }
        }

        private ByteBuffer frame() {
            return ByteBuffer.allocate(256).putInt(0);
        }

        private void put(ByteBuffer out, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.putInt(bytes.length).put(bytes);
        }

        /** Frames are so small that they always fit into the socket's buffer. */
        private void send(ByteBuffer out) throws IOException {
            out.putInt(0, out.position() - Integer.BYTES).flip();
            if (this.channel.write(out) == 0 || out.hasRemaining()) {
                throw new IOException("the server does not read");
            }
        }

    }

}
