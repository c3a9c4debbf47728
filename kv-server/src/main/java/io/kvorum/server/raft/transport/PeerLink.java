/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.alipay.sofa.jraft.error.RemotingException;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.kvorum.server.common.MemberId;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one peer: keeps one connection open, and opens it anew when it is lost, so
 * that an election never has to wait for a connection. Any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that fails ends in
                                              // channelInactive().
final class PeerLink implements DialedConnection.Owner {

    private static final Logger logger = LoggerFactory.getLogger(PeerLink.class);

    private static final long MIN_BACKOFF_MILLIS = 50;

    private static final long MAX_BACKOFF_MILLIS = 1000;

    private final PeerContext context;

    private final MemberId target;

    private final PeerCounters counters = new PeerCounters();

    private final Consumer<MemberId> onReady;

    private volatile @Nullable DialedConnection ready;

    @GuardedBy("this")
    private PeerAddress address;

    @GuardedBy("this")
    private @Nullable CompletableFuture<DialedConnection> attempt;

    @GuardedBy("this")
    private int failedAttempts;

    @GuardedBy("this")
    private String lastFailure = "not connected yet";

    @GuardedBy("this")
    private boolean disconnecting;

    @GuardedBy("this")
    private boolean closed;

    PeerLink(PeerContext context, MemberId target, PeerAddress address, Consumer<MemberId> onReady) {
        this.context = context;
        this.target = target;
        this.address = address;
        this.onReady = onReady;
    }

    /**
     * Returns the traffic with this peer.
     * @return the counters
     */
    PeerCounters counters() {
        return this.counters;
    }

    /**
     * Tells whether a request could be sent at once.
     * @return {@code true} if the connection is open and the handshake done
     */
    boolean isReady() {
        return this.ready != null;
    }

    /**
     * Sends a request, and waits for a connection that is being opened. A peer that could
     * not be reached a moment ago fails the request at once.
     * @param request the request
     * @param timeoutMillis how long to wait, for the connection as well
     */
    void send(PeerRequest request, long timeoutMillis) {
        long deadline = this.context.clock().nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        DialedConnection connection = this.ready;
        if (connection != null) {
            connection.send(request, deadline);
            return;
        }
        // A copy with a timeout of its own, so that one caller's patience is not
        // another's.
        connection().copy().orTimeout(timeoutMillis, TimeUnit.MILLISECONDS).whenComplete((opened, failure) -> {
            if (opened != null) {
                opened.send(request, deadline);
                return;
            }
            this.counters.sendFailed();
            request.failed(PeerFailure.notSent(unreachable(failure)));
        });
    }

    /**
     * Checks that a request could be sent at once.
     * @throws RemotingException if it could not; the message says why
     */
    void requireReady() throws RemotingException {
        if (this.ready == null) {
            throw new RemotingException(describe(lastFailure()));
        }
    }

    /** Opens the connection unless it is open or being opened. */
    synchronized void dial() {
        if (this.closed || this.ready != null || this.attempt != null) {
            return;
        }
        this.attempt = new CompletableFuture<>();
        PeerAddress to = this.address;
        try {
            this.context.threads().mayBlock(() -> connect(to));
        }
        catch (RejectedExecutionException ex) {
            attemptFailed("too busy to connect");
        }
    }

    /**
     * Goes to another address from now on.
     * @param address the address
     */
    void moveTo(PeerAddress address) {
        synchronized (this) {
            if (this.address.equals(address)) {
                return;
            }
            this.address = address;
        }
        disconnect("address changed to " + address);
    }

    /**
     * Closes the connection, if there is one; another one is opened soon.
     * @param reason why
     */
    void disconnect(String reason) {
        DialedConnection connection;
        synchronized (this) {
            connection = this.ready;
            this.disconnecting = connection != null;
        }
        if (connection != null) {
            connection.close(reason);
        }
    }

    /** Closes the connection for good. */
    void close() {
        synchronized (this) {
            this.closed = true;
            this.lastFailure = "closed";
        }
        disconnect("closed");
    }

    @Override
    public void ready(DialedConnection connection) {
        CompletableFuture<DialedConnection> done;
        synchronized (this) {
            if (this.closed) {
                connection.close("closed");
                return;
            }
            done = this.attempt;
            this.attempt = null;
            this.failedAttempts = 0;
            this.disconnecting = false;
            this.ready = connection;
        }
        if (this.context.warnings().due("connected to " + this.target)) {
            logger.info("event=peer-connected member={} peer={} address={}", this.context.self().memberId(),
                    this.target, address());
        }
        if (done != null) {
            done.complete(connection);
        }
        this.onReady.accept(this.target);
    }

    @Override
    public void lost(DialedConnection connection, String reason) {
        synchronized (this) {
            if (this.ready == connection) {
                this.ready = null;
            }
        }
        attemptFailed(reason);
    }

    private void connect(PeerAddress to) {
        if (isClosed()) {
            return;
        }
        InetSocketAddress socketAddress = to.resolve();
        if (socketAddress.isUnresolved()) {
            attemptFailed("unknown host " + to.host());
            return;
        }
        PeerLimits limits = this.context.limits();
        new Bootstrap().group(this.context.threads().eventLoops())
            .channel(this.context.threads().clientChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limits.connectTimeout().toMillis())
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK,
                    new WriteBufferWaterMark(limits.maxQueuedBytes() / 2, limits.maxQueuedBytes()))
            .handler(new Initializer(to))
            .connect(socketAddress)
            .addListener((ChannelFuture opened) -> {
                // A connection that opens and fails later reports through lost().
                if (!opened.isSuccess()) {
                    attemptFailed(String.valueOf(opened.cause().getMessage()));
                }
            });
    }

    private void attemptFailed(String reason) {
        CompletableFuture<DialedConnection> done;
        long delayMillis;
        boolean warn;
        synchronized (this) {
            done = this.attempt;
            this.attempt = null;
            this.lastFailure = reason;
            delayMillis = Math.min(MAX_BACKOFF_MILLIS, MIN_BACKOFF_MILLIS << Math.min(10, this.failedAttempts));
            this.failedAttempts++;
            // What this member closed itself is no news.
            warn = !this.closed && !this.disconnecting && this.context.warnings().due("to " + this.target);
            this.disconnecting = false;
            if (!this.closed) {
                this.context.threads().eventLoops().schedule(this::dial, delayMillis, TimeUnit.MILLISECONDS);
            }
        }
        if (warn) {
            logger.warn("event=peer-unreachable member={} peer={} address={} reason=\"{}\"",
                    this.context.self().memberId(), this.target, address(), reason);
        }
        if (done != null) {
            done.completeExceptionally(new UnreachablePeerException(describe(reason)));
        }
    }

    private synchronized CompletableFuture<DialedConnection> connection() {
        DialedConnection connection = this.ready;
        if (connection != null) {
            return CompletableFuture.completedFuture(connection);
        }
        return (this.attempt != null) ? this.attempt
                : CompletableFuture.failedFuture(new UnreachablePeerException(describe(this.lastFailure)));
    }

    private synchronized String lastFailure() {
        return this.lastFailure;
    }

    private synchronized boolean isClosed() {
        return this.closed;
    }

    private synchronized PeerAddress address() {
        return this.address;
    }

    private String describe(String reason) {
        return "member " + this.target + " at " + address() + " is not reachable: " + reason;
    }

    private String unreachable(@Nullable Throwable failure) {
        // A dependent future wraps what the attempt failed with.
        Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
        return (cause instanceof UnreachablePeerException) ? String.valueOf(cause.getMessage())
                : describe("no connection in time");
    }

    /** Prepares a new connection. */
    private final class Initializer extends ChannelInitializer<Channel> {

        private final PeerAddress to;

        Initializer(PeerAddress to) {
            this.to = to;
        }

        @Override
        protected void initChannel(Channel channel) {
            PeerLink link = PeerLink.this;
            PeerTls tls = link.context.tls();
            if (tls != null) {
                channel.pipeline().addLast(tls.client().newHandler(channel.alloc(), this.to.host(), this.to.port()));
            }
            DialedConnection connection = new DialedConnection(link.context, link.target, link.counters, link, channel);
            channel.pipeline().addLast(connection.decoder(), connection);
        }

    }

    /** A peer cannot be reached at the moment. */
    static final class UnreachablePeerException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreachablePeerException(String message) {
            super(message, null, false, false);
        }

    }

}
