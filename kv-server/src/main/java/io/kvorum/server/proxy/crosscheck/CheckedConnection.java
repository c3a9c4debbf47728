/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy.crosscheck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;

/**
 * A client whose requests go to the proxy and to a real ZooKeeper. It gets the proxy's
 * answers, each when both have answered, so that what it does next meets the same tree at
 * both. Confined to its event loop.
 */
final class CheckedConnection {

    private static final int EVENT_XID = -1;

    private static final int PASSWORD_BYTES = 16;

    /** A ZooKeeper that is silent for longer is left out. */
    private static final int PATIENCE_SECONDS = 10;

    private final Report report;

    private final MirroredSessions sessions;

    private final Channel client;

    private final Deque<Exchange> unanswered = new ArrayDeque<>();

    private final Deque<Exchange> unchecked = new ArrayDeque<>();

    private final Deque<Outgoing> outgoing = new ArrayDeque<>();

    /** Events by their text: what the proxy has sent minus what ZooKeeper has. */
    private final TreeMap<String, Integer> events = new TreeMap<>();

    private final List<ByteBuf> early = new ArrayList<>();

    private @Nullable Channel proxy;

    private @Nullable Channel zookeeper;

    private boolean alone;

    private boolean greeted;

    private boolean welcomed;

    private boolean mirrored;

    private boolean moved;

    private boolean leaving;

    private long session;

    private MirroredSessions.@Nullable Mirrored theirs;

    CheckedConnection(Report report, MirroredSessions sessions, Channel client) {
        this.report = report;
        this.sessions = sessions;
        this.client = client;
    }

    void proxyIsThere(Channel channel) {
        this.proxy = channel;
    }

    void zookeeperIsThere(Channel channel) {
        this.zookeeper = channel;
        this.early.forEach(channel::write);
        this.early.clear();
        channel.flush();
    }

    /** The real ZooKeeper is of no use to this client any more. */
    void zookeeperIsLost(String reason) {
        if (this.alone) {
            return;
        }
        this.alone = true;
        boolean expected = this.leaving && this.unchecked.isEmpty();
        if (this.client.isActive() && !expected) {
            this.report.unreachable(reason);
        }
        this.early.forEach(ByteBuf::release);
        this.early.clear();
        this.unchecked.clear();
        closeQuietly(this.zookeeper);
        flush();
    }

    /** Takes a frame of the client, which is released behind it. */
    void fromClient(ByteBuf frame) {
        Channel own = this.proxy;
        if (own == null) {
            throw new IllegalStateException("nothing is read before the proxy is there");
        }
        if (!this.greeted) {
            this.greeted = true;
            toZookeeper(greeting(frame));
            own.writeAndFlush(frame.retainedDuplicate());
            return;
        }
        int xid = frame.getInt(frame.readerIndex());
        int type = frame.getInt(frame.readerIndex() + Integer.BYTES);
        boolean checked = !this.alone && RequestType.isUniversal(type);
        this.leaving = this.leaving || type == RequestType.CLOSE_SESSION;
        this.moved = this.moved || RequestType.isSetWatches(type);
        Exchange exchange = new Exchange(xid, type, describe(type, frame), checked);
        this.unanswered.add(exchange);
        if (checked) {
            this.unchecked.add(exchange);
            toZookeeper(frame.retainedDuplicate());
            this.client.eventLoop().schedule(() -> {
                if (this.unchecked.contains(exchange)) {
                    zookeeperIsLost("no answer to " + describe(exchange));
                }
            }, PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        own.writeAndFlush(frame.retainedDuplicate());
    }

    /** Takes a frame of the proxy. */
    void fromProxy(ByteBuf frame) {
        if (!this.welcomed) {
            this.welcomed = true;
            this.session = frame.getLong(frame.readerIndex() + 2 * Integer.BYTES);
            pair();
            this.outgoing.add(new Outgoing(frame.retain(), null));
            flush();
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(frame);
        if (frame.getInt(frame.readerIndex()) == EVENT_XID) {
            this.events.merge(NormalForm.ofEvent(bytes), 1, Integer::sum);
            this.outgoing.add(new Outgoing(frame.retain(), null));
        }
        else {
            Exchange exchange = this.unanswered.poll();
            if (exchange != null) {
                exchange.answered(bytes);
            }
            this.outgoing.add(new Outgoing(frame.retain(), exchange));
        }
        flush();
    }

    /** Takes a frame of the real ZooKeeper. */
    void fromZookeeper(ByteBuf frame) {
        byte[] bytes = ByteBufUtil.getBytes(frame);
        if (!this.mirrored) {
            this.mirrored = true;
            remember(frame);
        }
        else if (frame.getInt(frame.readerIndex()) == EVENT_XID) {
            this.events.merge(NormalForm.ofEvent(bytes), -1, Integer::sum);
        }
        else {
            Exchange exchange = this.unchecked.poll();
            if (exchange != null) {
                exchange.checkedWith(bytes);
            }
        }
        flush();
    }

    /** The client or the proxy is gone. */
    void close() {
        this.alone = true;
        flush();
        closeQuietly(this.zookeeper);
        closeQuietly(this.proxy);
        this.client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void flush() {
        while (!this.outgoing.isEmpty() && (this.alone || this.outgoing.element().mayGo())) {
            Outgoing next = this.outgoing.remove();
            Exchange exchange = next.exchange();
            if (exchange != null) {
                exchange.compare(this.report);
                if (exchange.type() == RequestType.CLOSE_SESSION) {
                    compareEvents();
                }
            }
            this.client.write(next.frame());
        }
        this.client.flush();
    }

    /** At the end of a session both must have told the same, if there was no gap. */
    private void compareEvents() {
        if (this.alone || this.moved) {
            return;
        }
        this.events.forEach((event, surplus) -> {
            if (surplus != 0) {
                this.report.different("watches of a session", (surplus > 0) ? event : "nothing",
                        (surplus > 0) ? "nothing" : event);
            }
        });
    }

    private void toZookeeper(ByteBuf frame) {
        Channel other = this.zookeeper;
        if (this.alone) {
            frame.release();
        }
        else if (other == null) {
            this.early.add(frame);
        }
        else {
            other.writeAndFlush(frame);
        }
    }

    /**
     * The client's greeting as the real ZooKeeper must get it: its own session and zxid.
     */
    private ByteBuf greeting(ByteBuf frame) {
        int at = frame.readerIndex();
        int timeout = frame.getInt(at + Integer.BYTES + Long.BYTES);
        long claimed = frame.getLong(at + 2 * Integer.BYTES + Long.BYTES);
        MirroredSessions.Mirrored known = this.sessions.find(claimed);
        ByteBuf greeting = this.client.alloc().buffer();
        greeting.writeInt(0).writeLong(0).writeInt(timeout).writeLong((known != null) ? known.id() : 0);
        greeting.writeInt(PASSWORD_BYTES)
            .writeBytes((known != null) ? known.password().array() : new byte[PASSWORD_BYTES]);
        return greeting.writeBoolean(false);
    }

    private void remember(ByteBuf welcome) {
        int at = welcome.readerIndex();
        int timeout = welcome.getInt(at + Integer.BYTES);
        long id = welcome.getLong(at + 2 * Integer.BYTES);
        byte[] password = ByteBufUtil.getBytes(welcome, at + 3 * Integer.BYTES + Long.BYTES, PASSWORD_BYTES);
        if (timeout <= 0) {
            zookeeperIsLost("the session has expired there");
        }
        else {
            this.theirs = new MirroredSessions.Mirrored(id, Bytes.wrap(password));
            pair();
        }
    }

    private void pair() {
        MirroredSessions.Mirrored other = this.theirs;
        if (this.session != 0 && other != null) {
            this.sessions.put(this.session, other);
        }
    }

    private static String describe(Exchange exchange) {
        return "request " + exchange.xid() + " of type " + exchange.type();
    }

    private static String describe(int type, ByteBuf frame) {
        int at = frame.readerIndex() + 2 * Integer.BYTES;
        if (!RequestType.hasPath(type) || frame.readableBytes() < 3 * Integer.BYTES) {
            return "type " + type;
        }
        int length = Math.max(0, Math.min(frame.getInt(at), frame.readableBytes() - 3 * Integer.BYTES));
        return "type " + type + " " + frame.toString(at + Integer.BYTES, length, StandardCharsets.UTF_8);
    }

    private static void closeQuietly(@Nullable Channel channel) {
        if (channel != null) {
            channel.close();
        }
    }

}
