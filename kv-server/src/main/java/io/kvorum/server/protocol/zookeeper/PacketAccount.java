/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

import io.kvorum.server.common.Clock;
import io.kvorum.server.protocol.zookeeper.admin.PortStatistics;

/**
 * Keeps account of the frames of one connection: answers come in the order of the
 * requests, so each belongs to the oldest request without one. Stops reading from clients
 * that ask faster than they are answered, and ends connections that never become a
 * session. Confined to the connection's event loop.
 */
final class PacketAccount extends ChannelDuplexHandler {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final int EVENT_XID = -1;

    /** Behind the length: xid, zxid, error; or version, timeout, session. */
    private static final int REPLY_HEADER_BYTES = 5 * Integer.BYTES;

    private final PortConnection connection;

    private final PortStatistics port;

    private final ZookeeperSettings settings;

    private final Clock clock;

    private final Queue<Asked> asked = new ArrayDeque<>();

    private boolean handshaken;

    PacketAccount(PortConnection connection, PortStatistics port, ZookeeperSettings settings, Clock clock) {
        this.connection = connection;
        this.port = port;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.executor().schedule(() -> {
            if (this.connection.sessionId() == 0 && ctx.channel().isActive()) {
                this.port.abandoned();
                ctx.close();
            }
        }, this.settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf frame) {
            asked(ctx, frame);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf frame && frame.readableBytes() >= REPLY_HEADER_BYTES) {
            replied(ctx, frame);
        }
        ctx.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        this.port.outstanding(-this.asked.size());
        this.asked.clear();
        this.connection.statistics().abandon();
        ctx.fireChannelInactive();
    }

    private void asked(ChannelHandlerContext ctx, ByteBuf frame) {
        this.port.received(frame.readableBytes());
        int type = OpCode.CREATE_SESSION;
        if (this.handshaken) {
            // Frames that are too short to be requests end the connection further on.
            boolean complete = frame.readableBytes() >= 2 * Integer.BYTES;
            type = complete ? frame.getInt(frame.readerIndex() + Integer.BYTES) : 0;
            if (complete && frame.getInt(frame.readerIndex()) == EVENT_XID) {
                // Its answer will look like an event: whoever numbers requests like that
                // is not counted, lest it seems to wait for ever.
                this.connection.statistics().received();
                return;
            }
        }
        else {
            this.handshaken = true;
            this.port.handshake();
        }
        this.asked.add(new Asked(type, this.clock.nanoTime()));
        this.connection.statistics().asked();
        if (isTooMuch(this.port.outstanding(1))) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void replied(ChannelHandlerContext ctx, ByteBuf frame) {
        int bytes = frame.readableBytes();
        this.port.sent(bytes);
        int xid = frame.getInt(frame.readerIndex() + Integer.BYTES);
        Asked request = this.asked.peek();
        boolean session = request != null && request.type == OpCode.CREATE_SESSION;
        if (request == null || (xid == EVENT_XID && !session)) {
            this.connection.statistics().sent();
            return;
        }
        this.asked.remove();
        long millis = (this.clock.nanoTime() - request.nanos) / NANOS_PER_MILLI;
        int second = frame.readerIndex() + 2 * Integer.BYTES;
        if (session) {
            this.connection.begin(frame.getLong(second + Integer.BYTES), frame.getInt(second));
        }
        else if (isAuthentication(request.type) && frame.getInt(second + Long.BYTES) != ErrorCodes.OK) {
            this.port.authenticationFailed();
        }
        this.connection.statistics()
            .answered(Operations.abbreviation(request.type), session ? EVENT_XID : xid,
                    session ? 0 : frame.getLong(second), millis);
        this.port.answered(millis, Operations.isWrite(request.type), bytes - Integer.BYTES);
        if (!isTooMuch(this.port.outstanding(-1)) && !ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private static boolean isAuthentication(int type) {
        return type == OpCode.AUTH || type == OpCode.SASL;
    }

    /** ZooKeeper: a busy server goes on reading from those who wait for nothing. */
    private boolean isTooMuch(long outstandingOfAll) {
        int own = this.asked.size();
        return own >= this.settings.maxQueuedRequests()
                || (own > 0 && outstandingOfAll > this.settings.globalOutstandingLimit());
    }

    /**
     * A request without an answer.
     *
     * @param type its kind
     * @param nanos when it came
     */
    private record Asked(int type, long nanos) {
    }

}
