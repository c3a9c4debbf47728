/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.util.ArrayDeque;
import java.util.Deque;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The replies that wait for one connection. Whoever adds also sends, as long as the
 * transport takes more; the transport itself goes on when it has room again. Any thread;
 * nothing blocks.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>Replies leave in the order in which they were added.</li>
 * <li>One thread at a time uses the call.</li>
 * <li>After {@link #add} told that there is no room, {@code onRoom} is called once half
 * of the buffer is free.</li>
 * </ol>
 */
final class Outbox {

    private final ServerCall<?, WatchReply> call;

    private final int maxBytes;

    private final Runnable onRoom;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Deque<WatchReply> replies = new ArrayDeque<>();

    @GuardedBy("lock")
    private long bytes;

    @GuardedBy("lock")
    private boolean full;

    @GuardedBy("lock")
    private boolean sending;

    @GuardedBy("lock")
    private boolean ended;

    @GuardedBy("lock")
    private @Nullable Status end;

    /**
     * Creates the outbox.
     * @param call where the replies go
     * @param maxBytes above this there is no room
     * @param onRoom called, on any thread, when there is room again
     */
    Outbox(ServerCall<?, WatchReply> call, int maxBytes, Runnable onRoom) {
        this.call = call;
        this.maxBytes = maxBytes;
        this.onRoom = onRoom;
    }

    /** Adds a reply, which is always taken. Must be followed by {@link #send()}. */
    void add(WatchReply reply) {
        synchronized (this.lock) {
            if (this.ended) {
                return;
            }
            this.replies.addLast(reply);
            this.bytes += reply.sizeBytes();
            this.full |= this.bytes > this.maxBytes;
        }
    }

    /** Tells whether there is room; if not, {@code onRoom} will tell when there is. */
    boolean hasRoom() {
        synchronized (this.lock) {
            return !this.full || this.ended;
        }
    }

    /** Ends the call as soon as nobody else uses it; what waits is dropped. */
    void end(Status status) {
        synchronized (this.lock) {
            if (this.ended) {
                return;
            }
            drop();
            this.end = status;
        }
        send();
    }

    /** The call is over. */
    void abandon() {
        synchronized (this.lock) {
            drop();
        }
    }

    @GuardedBy("lock")
    private void drop() {
        this.ended = true;
        this.replies.clear();
        this.bytes = 0;
    }

    /** Sends what the transport takes. */
    void send() {
        synchronized (this.lock) {
            if (this.sending) {
                return;
            }
            this.sending = true;
        }
        boolean more = true;
        while (more) {
            more = sendOne();
        }
    }

    private boolean sendOne() {
        WatchReply reply;
        Status status;
        boolean room = false;
        synchronized (this.lock) {
            status = this.end;
            this.end = null;
            // Asked under the lock: if the transport gets ready later, its call finds
            // nobody sending.
            reply = (status == null && this.call.isReady()) ? this.replies.pollFirst() : null;
            if (reply == null && status == null) {
                this.sending = false;
                return false;
            }
            if (reply != null) {
                this.bytes -= reply.sizeBytes();
            }
            if (this.full && this.bytes <= this.maxBytes / 2) {
                this.full = false;
                room = true;
            }
        }
        if (status != null) {
            this.call.close(status, new Metadata());
        }
        else if (reply != null) {
            this.call.sendMessage(reply);
        }
        if (room) {
            this.onRoom.run();
        }
        return true;
    }

}
