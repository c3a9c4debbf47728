/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to a connection. Any thread may offer; the event loop writes all
 * that is there and flushes once, so that a burst costs one wake-up and few system calls
 * while a lone frame goes out at once. Frames leave in the order of their offers.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that fails ends in
                                              // channelInactive().
final class WriteQueue {

    private final Channel channel;

    private final PeerCounters counters;

    private final int maxQueuedBytes;

    private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean draining = new AtomicBoolean();

    private final AtomicLong queuedBytes = new AtomicLong();

    /** Confined to the event loop. */
    private boolean closed;

    WriteQueue(Channel channel, PeerCounters counters, int maxQueuedBytes) {
        this.channel = channel;
        this.counters = counters;
        this.maxQueuedBytes = maxQueuedBytes;
    }

    /**
     * Takes a frame over, which is then either written or dropped, on the event loop.
     * @param outgoing the frame
     * @return {@code false} if too much is waiting; then the frame stays the caller's
     */
    boolean offer(Outgoing outgoing) {
        int size = outgoing.frame().readableBytes();
        if (!this.channel.isWritable()) {
            return false;
        }
        if (this.queuedBytes.addAndGet(size) > this.maxQueuedBytes) {
            this.queuedBytes.addAndGet(-size);
            return false;
        }
        this.queue.add(outgoing);
        scheduleDrain();
        return true;
    }

    /**
     * Drops what waits and everything that comes later. On the event loop.
     */
    void close() {
        this.closed = true;
        drain();
    }

    private void scheduleDrain() {
        if (!this.draining.compareAndSet(false, true)) {
            return;
        }
        try {
            this.channel.eventLoop().execute(this::drain);
        }
        catch (RejectedExecutionException ex) {
            // The event loop has stopped for good, so nobody else drains.
            dropAll();
        }
    }

    private void drain() {
        // Cleared first: what is offered from here on is seen below or schedules another
        // drain.
        this.draining.set(false);
        if (this.closed) {
            dropAll();
            return;
        }
        long bytes = 0;
        for (Outgoing next = poll(); next != null; next = poll()) {
            ByteBuf frame = next.frame();
            bytes += frame.readableBytes();
            next.onWrite();
            this.channel.write(frame, this.channel.voidPromise());
        }
        if (bytes > 0) {
            this.counters.sent(bytes);
            this.channel.flush();
        }
    }

    private void dropAll() {
        for (Outgoing next = poll(); next != null; next = poll()) {
            next.frame().release();
            next.onDrop();
        }
    }

    private @Nullable Outgoing poll() {
        Outgoing next = this.queue.poll();
        if (next != null) {
            this.queuedBytes.addAndGet(-next.frame().readableBytes());
        }
        return next;
    }

    /** A frame and what is to be done when its fate is decided. */
    interface Outgoing {

        /**
         * Returns the encoded frame.
         * @return the bytes
         */
        ByteBuf frame();

        /** The frame is about to be written. */
        default void onWrite() {
        }

        /** The connection was closed before the frame was written. */
        default void onDrop() {
        }

    }

}
