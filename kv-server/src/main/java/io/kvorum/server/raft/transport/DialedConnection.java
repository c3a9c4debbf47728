/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kvorum.server.common.MemberId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection that this member opened: introduces itself, then sends requests and
 * matches the answers. Confined to its event loop, except {@link #send}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that fails ends in
                                              // channelInactive().
final class DialedConnection extends ChannelInboundHandlerAdapter implements FrameDecoder.Gate {

    /** How exactly timeouts are kept; they matter only when something is broken. */
    private static final long SWEEP_MILLIS = 20;

    private static final int MAX_SILENT_PROBES = 5;

    private final PeerContext context;

    private final MemberId target;

    private final PeerCounters counters;

    private final Owner owner;

    private final Channel channel;

    private final WriteQueue writes;

    private final FrameDecoder decoder = new FrameDecoder(this);

    private final AtomicInteger inFlight = new AtomicInteger();

    private final LongObjectMap<Pending> pending = new LongObjectHashMap<>();

    private long nextId = 1;

    private boolean sweeping;

    private boolean welcomed;

    private int silentProbes;

    private @Nullable String closeReason;

    DialedConnection(PeerContext context, MemberId target, PeerCounters counters, Owner owner, Channel channel) {
        this.context = context;
        this.target = target;
        this.counters = counters;
        this.owner = owner;
        this.channel = channel;
        this.writes = new WriteQueue(channel, counters, context.limits().maxQueuedBytes());
    }

    /**
     * Returns the handler that comes before this one.
     * @return the decoder
     */
    FrameDecoder decoder() {
        return this.decoder;
    }

    /**
     * Sends a request. Any thread.
     * @param request the request
     * @param deadlineNanos when to give up
     */
    void send(PeerRequest request, long deadlineNanos) {
        PeerLimits limits = this.context.limits();
        if (this.inFlight.incrementAndGet() > limits.maxRequestsInFlight()) {
            this.inFlight.decrementAndGet();
            reject(request, "more than maxRequestsInFlight=" + limits.maxRequestsInFlight() + " requests wait");
            return;
        }
        ByteBuf frame = request.encode(this.channel.alloc());
        int size = frame.readableBytes() - Frame.LENGTH_BYTES;
        if (size > limits.maxFrameBytes()) {
            this.inFlight.decrementAndGet();
            frame.release();
            reject(request, "request of " + size + " bytes is larger than maxFrameBytes=" + limits.maxFrameBytes());
            return;
        }
        if (!this.writes.offer(new Pending(request, frame, deadlineNanos))) {
            this.inFlight.decrementAndGet();
            frame.release();
            reject(request,
                    this.channel.isActive()
                            ? "more than maxQueuedBytes=" + limits.maxQueuedBytes() + " wait to be written"
                            : "connection closed");
        }
    }

    /**
     * Closes the connection. Any thread.
     * @param reason why
     */
    void close(String reason) {
        this.channel.eventLoop().execute(() -> closeNow(reason));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Handshake hello = Handshake.of(this.context.self(), this.target);
        ctx.writeAndFlush(Frame.of(ctx.alloc(), Frame.Kind.HELLO, 0, 0, hello.encode()));
        schedule(() -> {
            if (!this.welcomed) {
                closeNow("no introduction within handshakeTimeout=" + this.context.limits().handshakeTimeout());
            }
        }, this.context.limits().handshakeTimeout().toMillis());
    }

    @Override
    public boolean admits(Frame.Kind kind, byte type) {
        return switch (kind) {
            case WELCOME, REFUSED -> !this.welcomed;
            case RESPONSE -> this.welcomed && MessageType.of(type) != null;
            case FAILURE, PONG -> this.welcomed;
            case HELLO, REQUEST, PING -> false;
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws InvalidProtocolBufferException {
        Frame frame = (Frame) message;
        try {
            this.counters.received(Frame.LENGTH_BYTES + Frame.HEADER_BYTES + frame.body().readableBytes());
            this.silentProbes = 0;
            switch (frame.kind()) {
                case WELCOME -> welcome(Handshake.decode(frame.bodyBytes()));
                case REFUSED -> closeNow("refused: " + frame.text());
                case RESPONSE -> answer(frame);
                case FAILURE -> fail(frame);
                case PONG -> this.counters.roundTrip(this.context.clock().nanoTime() - frame.id());
                default -> throw new ProtocolViolationException("frame out of place: " + frame.kind());
            }
        }
        finally {
            frame.body().release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        String reason = (this.closeReason != null) ? this.closeReason : "connection closed by the peer";
        this.owner.lost(this, reason);
        this.writes.close();
        List<Pending> orphans = new ArrayList<>(this.pending.values());
        this.pending.clear();
        for (Pending orphan : orphans) {
            orphan.fail(PeerFailure.sent(reason));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = (cause.getCause() != null) ? cause.getCause() : cause;
        closeNow(String.valueOf(root.getMessage()));
    }

    private void welcome(Handshake welcome) {
        String mismatch = welcome.mismatch(this.context.self(), this.target);
        if (mismatch != null) {
            closeNow(mismatch);
            return;
        }
        this.welcomed = true;
        this.decoder.allow(this.context.limits().maxFrameBytes());
        this.owner.ready(this);
        probe();
    }

    private void answer(Frame frame) throws InvalidProtocolBufferException {
        Pending answered = this.pending.remove(frame.id());
        if (answered == null) {
            return; // It came after its timeout.
        }
        this.inFlight.decrementAndGet();
        try {
            answered.request.answered(frame);
        }
        catch (InvalidProtocolBufferException ex) {
            this.counters.sendFailed();
            answered.request.failed(PeerFailure.sent("answer is damaged: " + ex.getMessage()));
            throw ex;
        }
    }

    private void fail(Frame frame) {
        Pending failed = this.pending.remove(frame.id());
        if (failed != null) {
            boolean carriedOut = !frame.body().isReadable() || frame.body().readBoolean();
            failed.fail(new PeerFailure(carriedOut, false, "member " + this.target + ": " + frame.text(), null));
        }
    }

    /** Takes the round-trip time, and notices a peer that vanished without a word. */
    private void probe() {
        if (!this.channel.isActive()) {
            return;
        }
        // Counted in probes, not in time: a pause of this process must not look like
        // silence of the peer.
        if (++this.silentProbes > MAX_SILENT_PROBES) {
            closeNow("no sign of life for " + MAX_SILENT_PROBES + " times probeInterval="
                    + this.context.limits().probeInterval());
            return;
        }
        long now = this.context.clock().nanoTime();
        this.channel.writeAndFlush(Frame.of(this.channel.alloc(), Frame.Kind.PING, 0, now, new byte[0]));
        schedule(this::probe, this.context.limits().probeInterval().toMillis());
    }

    private void sweep() {
        this.sweeping = false;
        long now = this.context.clock().nanoTime();
        List<Pending> late = new ArrayList<>();
        for (Pending candidate : this.pending.values()) {
            if (now - candidate.deadlineNanos >= 0) {
                late.add(candidate);
            }
        }
        for (Pending expired : late) {
            this.pending.remove(expired.id);
            expired.fail(new PeerFailure(true, true, "no answer from member " + this.target + " in time", null));
        }
        sweepLater();
    }

    private void sweepLater() {
        if (!this.sweeping && !this.pending.isEmpty()) {
            this.sweeping = true;
            schedule(this::sweep, SWEEP_MILLIS);
        }
    }

    private void reject(PeerRequest request, String reason) {
        this.counters.sendFailed();
        request.failed(PeerFailure.notSent("member " + this.target + ": " + reason));
    }

    private void closeNow(String reason) {
        if (this.closeReason == null) {
            this.closeReason = reason;
        }
        this.channel.close();
    }

    private void schedule(Runnable task, long delayMillis) {
        this.channel.eventLoop().schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Whoever wanted the connection. Called on the event loop. */
    interface Owner {

        /**
         * Requests may be sent.
         * @param connection the connection
         */
        void ready(DialedConnection connection);

        /**
         * The connection is gone, or never came to be.
         * @param connection the connection
         * @param reason why
         */
        void lost(DialedConnection connection, String reason);

    }

    /** A request that has no answer yet. */
    private final class Pending implements WriteQueue.Outgoing {

        private final PeerRequest request;

        private final ByteBuf frame;

        private final long deadlineNanos;

        private long id;

        Pending(PeerRequest request, ByteBuf frame, long deadlineNanos) {
            this.request = request;
            this.frame = frame;
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        public ByteBuf frame() {
            return this.frame;
        }

        @Override
        public void onWrite() {
            this.id = DialedConnection.this.nextId++;
            Frame.setId(this.frame, this.id);
            DialedConnection.this.pending.put(this.id, this);
            sweepLater();
        }

        @Override
        public void onDrop() {
            fail(PeerFailure.notSent("connection closed"));
        }

        void fail(PeerFailure failure) {
            DialedConnection.this.inFlight.decrementAndGet();
            DialedConnection.this.counters.sendFailed();
            this.request.failed(failure);
        }

    }

}
