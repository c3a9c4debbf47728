/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.alipay.sofa.jraft.rpc.Connection;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.kvorum.server.common.MemberId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that another member opened: waits for its introduction, then answers its
 * requests. Confined to its event loop, except answering, attributes and {@link #close}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that fails ends in
                                              // channelInactive().
final class AcceptedConnection extends ChannelInboundHandlerAdapter implements FrameDecoder.Gate, Connection {

    private static final Logger logger = LoggerFactory.getLogger(AcceptedConnection.class);

    private static final int MAX_SILENT_PROBES = 5;

    private final PeerContext context;

    private final Acceptor acceptor;

    private final Channel channel;

    private final FrameDecoder decoder = new FrameDecoder(this);

    private final ConcurrentMap<String, Object> attributes = new ConcurrentHashMap<>();

    private final AtomicInteger callsInFlight = new AtomicInteger();

    private final CompletableFuture<Void> retired = new CompletableFuture<>();

    private volatile MemberId peer = MemberId.NONE;

    private volatile PeerCounters counters;

    private volatile @Nullable WriteQueue writes;

    private boolean welcomed;

    private int silentProbes;

    AcceptedConnection(PeerContext context, Acceptor acceptor, Channel channel) {
        this.context = context;
        this.acceptor = acceptor;
        this.channel = channel;
        this.counters = acceptor.counters(MemberId.NONE);
    }

    /**
     * Returns the handler that comes before this one.
     * @return the decoder
     */
    FrameDecoder decoder() {
        return this.decoder;
    }

    /**
     * Returns who is on the other side.
     * @return the member, or {@link MemberId#NONE} before its introduction
     */
    MemberId peer() {
        return this.peer;
    }

    /**
     * Returns where the other side is.
     * @return the address
     */
    String remoteAddress() {
        return String.valueOf(this.channel.remoteAddress());
    }

    /**
     * Completes when the connection is closed and the engine has forgotten what it kept
     * for it.
     * @return the end
     */
    CompletableFuture<Void> retired() {
        return this.retired;
    }

    /**
     * Answers a request of the engine. Any thread.
     * @param type what was asked
     * @param id which request
     * @param response the answer
     */
    void respond(MessageType type, long id, Message response) {
        MessageType answer = type.isResponse(response) ? type : MessageType.FAILURE;
        write(Frame.of(this.channel.alloc(), Frame.Kind.RESPONSE, answer, id, response));
    }

    /**
     * Tells that a request failed before or outside the engine. Any thread.
     * @param id which request
     * @param carriedOut whether it may have had an effect
     * @param message what happened
     */
    void refuse(long id, boolean carriedOut, String message) {
        this.counters.receiveFailed();
        write(Frame.failure(this.channel.alloc(), id, carriedOut, message));
    }

    @Override
    public void close() {
        this.channel.close();
    }

    @Override
    public @Nullable Object getAttribute(String key) {
        return this.attributes.get(key);
    }

    @Override
    public void setAttribute(String key, Object value) {
        this.attributes.put(key, value);
    }

    @Override
    public @Nullable Object setAttributeIfAbsent(String key, Object value) {
        return this.attributes.putIfAbsent(key, value);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.channel().eventLoop().schedule(() -> {
            if (!this.welcomed) {
                ctx.close();
            }
        }, this.context.limits().handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean admits(Frame.Kind kind, byte type) {
        if (kind == Frame.Kind.HELLO) {
            return this.peer.equals(MemberId.NONE);
        }
        if (kind == Frame.Kind.REQUEST) {
            MessageType request = MessageType.of(type);
            return this.welcomed && request != null && request.isRequest();
        }
        return this.welcomed && kind == Frame.Kind.PING;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws InvalidProtocolBufferException {
        Frame frame = (Frame) message;
        try {
            this.silentProbes = 0;
            if (frame.kind() == Frame.Kind.HELLO) {
                introduced(ctx, Handshake.decode(frame.bodyBytes()));
            }
            this.counters.received(Frame.LENGTH_BYTES + Frame.HEADER_BYTES + frame.body().readableBytes());
            if (frame.kind() == Frame.Kind.PING) {
                ctx.writeAndFlush(Frame.of(ctx.alloc(), Frame.Kind.PONG, 0, frame.id(), new byte[0]));
            }
            else if (frame.kind() == Frame.Kind.REQUEST) {
                request(frame);
            }
        }
        finally {
            frame.body().release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        WriteQueue queue = this.writes;
        if (queue != null) {
            queue.close();
        }
        this.acceptor.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = (cause.getCause() != null) ? cause.getCause() : cause;
        if (root instanceof ProtocolViolationException || root instanceof InvalidProtocolBufferException) {
            warn("not a member's message: " + root.getMessage());
        }
        else {
            logger.debug("event=peer-connection-failed remote={}", remoteAddress(), root);
        }
        ctx.close();
    }

    private void introduced(ChannelHandlerContext ctx, Handshake hello) {
        String mismatch = hello.mismatch(this.context.self(), MemberId.NONE);
        if (mismatch != null) {
            warn(mismatch);
            ctx.writeAndFlush(Frame.of(ctx.alloc(), Frame.Kind.REFUSED, 0, 0,
                    mismatch.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        this.peer = hello.from();
        this.counters = this.acceptor.counters(hello.from());
        this.writes = new WriteQueue(this.channel, this.counters, this.context.limits().maxQueuedBytes());
        // The engine keeps the order of entries per peer, not per connection: an older
        // connection of this peer
        // must be forgotten before the first request on the new one.
        this.acceptor.introduced(this).whenComplete((done, failure) -> this.channel.eventLoop().execute(() -> {
            this.welcomed = true;
            this.decoder.allow(this.context.limits().maxFrameBytes());
            byte[] welcome = Handshake.of(this.context.self(), hello.from()).encode();
            ctx.writeAndFlush(Frame.of(ctx.alloc(), Frame.Kind.WELCOME, 0, 0, welcome));
            watchSilence();
        }));
    }

    private void request(Frame frame) throws InvalidProtocolBufferException {
        MessageType type = MessageType.of(frame.type());
        if (type == MessageType.NODE_CALL) {
            call(frame);
        }
        else if (type != null) {
            this.acceptor.dispatch(this, type, frame.id(), type.parseRequest(frame.body()));
        }
    }

    private void call(Frame frame) {
        long id = frame.id();
        int limit = this.context.limits().maxRequestsInFlight();
        if (!frame.body().isReadable()) {
            throw new ProtocolViolationException("request of the node layer without a kind");
        }
        if (this.callsInFlight.incrementAndGet() > limit) {
            this.callsInFlight.decrementAndGet();
            refuse(id, false, "more than maxRequestsInFlight=" + limit + " requests wait");
            return;
        }
        byte kind = frame.body().readByte();
        PeerTransport.handle(this.context.handler(), this.peer, kind, frame.bodyBytes())
            .whenComplete((answer, failure) -> {
                this.callsInFlight.decrementAndGet();
                if (answer != null) {
                    write(Frame.of(this.channel.alloc(), Frame.Kind.RESPONSE, MessageType.NODE_CALL.number(), id,
                            answer));
                }
                else {
                    refuse(id, true, String.valueOf(failure));
                }
            });
    }

    private void write(ByteBuf frame) {
        WriteQueue queue = this.writes;
        int size = frame.readableBytes() - Frame.LENGTH_BYTES;
        if (queue == null || size > this.context.limits().maxFrameBytes() || !queue.offer(() -> frame)) {
            frame.release();
            if (this.channel.isActive()) {
                // An answer cannot wait for ever nor be left out: the peer learns of it
                // by the end of the connection.
                warn("answer of " + size + " bytes does not fit maxFrameBytes or maxQueuedBytes");
                close();
            }
        }
    }

    private void watchSilence() {
        if (!this.channel.isActive()) {
            return;
        }
        if (++this.silentProbes > MAX_SILENT_PROBES) {
            warn("no sign of life for " + MAX_SILENT_PROBES + " times probeInterval="
                    + this.context.limits().probeInterval());
            this.channel.close();
            return;
        }
        this.channel.eventLoop()
            .schedule(this::watchSilence, this.context.limits().probeInterval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void warn(String reason) {
        String who = this.peer.equals(MemberId.NONE) ? this.acceptor.host(this.channel) : this.peer.toString();
        if (this.context.warnings().due("from " + who)) {
            logger.warn("event=peer-refused member={} remote={} peer={} reason=\"{}\"", this.context.self().memberId(),
                    remoteAddress(), this.peer, reason);
        }
    }

}
