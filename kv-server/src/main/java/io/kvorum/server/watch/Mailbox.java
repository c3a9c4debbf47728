/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.kvorum.server.watch.Message.Gap;
import io.kvorum.server.watch.Message.Publication;

/**
 * What waits for the delivering thread, in order. Publications are bounded by their
 * number of bytes: beyond that they become one {@link Gap}, which costs the watchers a
 * look into history but never an event. The other messages are bounded by the number of
 * watchers. Any thread may put; nobody holds the lock for longer than it takes to add to
 * a list.
 */
final class Mailbox {

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition filled = this.lock.newCondition();

    private final int maxPendingBytes;

    @GuardedBy("lock")
    private List<Message> messages = new ArrayList<>();

    @GuardedBy("lock")
    private long pendingBytes;

    @GuardedBy("lock")
    private boolean closed;

    Mailbox(int maxPendingBytes) {
        this.maxPendingBytes = maxPendingBytes;
    }

    void put(Message message) {
        this.lock.lock();
        try {
            add(message);
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Puts a publication, or the note that it was dropped. */
    void publish(Publication publication) {
        long bytes = publication.sizeBytes();
        this.lock.lock();
        try {
            // A single batch larger than the bound is taken when nothing else waits.
            if (this.pendingBytes == 0 || this.pendingBytes + bytes <= this.maxPendingBytes) {
                this.pendingBytes += bytes;
                add(publication);
            }
            else {
                addGap(new Gap(publication.lastRevision()));
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void addGap(Gap gap) {
        int last = this.messages.size() - 1;
        if (last >= 0 && this.messages.get(last) instanceof Gap) {
            this.messages.set(last, gap);
        }
        else {
            add(gap);
        }
    }

    @GuardedBy("lock")
    private void add(Message message) {
        if (this.closed) {
            return;
        }
        this.messages.add(message);
        if (this.messages.size() == 1) {
            this.filled.signal();
        }
    }

    /**
     * Takes everything that waits; blocks while nothing does.
     * @return the messages in order, empty once the mailbox is closed
     */
    List<Message> take() {
        this.lock.lock();
        try {
            while (this.messages.isEmpty() && !this.closed) {
                this.filled.awaitUninterruptibly();
            }
            List<Message> taken = this.messages;
            this.messages = new ArrayList<>();
            this.pendingBytes = 0;
            return this.closed ? List.of() : taken;
        }
        finally {
            this.lock.unlock();
        }
    }

    void close() {
        this.lock.lock();
        try {
            this.closed = true;
            this.messages.clear();
            this.filled.signal();
        }
        finally {
            this.lock.unlock();
        }
    }

}
