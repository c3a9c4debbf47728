/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.watch.WatchSink;
import io.kvorum.server.watch.Watcher;

/**
 * One watcher of a stream: turns events into replies. Its state is guarded by the
 * stream's lock.
 */
final class StreamWatcher implements WatchSink {

    private final WatchStream stream;

    private final long id;

    private final boolean fragments;

    private final boolean progressNotify;

    private @Nullable Watcher watcher;

    private boolean idle = true;

    StreamWatcher(WatchStream stream, long id, boolean fragments, boolean progressNotify) {
        this.stream = stream;
        this.id = id;
        this.fragments = fragments;
        this.progressNotify = progressNotify;
    }

    @Override
    public boolean hasRoom() {
        return this.stream.hasRoomFor(this);
    }

    @Override
    public boolean deliver(List<Delivered> events, long revision) {
        return this.stream.deliver(this, events, revision);
    }

    @Override
    public void compacted(long compactRevision) {
        this.stream.compacted(this, compactRevision);
    }

    long id() {
        return this.id;
    }

    boolean wantsFragments() {
        return this.fragments;
    }

    void registered(Watcher watcher) {
        this.watcher = watcher;
    }

    Watcher watcher() {
        if (this.watcher == null) {
            throw new IllegalStateException("watcher " + this.id + " is not registered yet");
        }
        return this.watcher;
    }

    /** Notes that it got events: they make the next progress notification needless. */
    void busy() {
        this.idle = false;
    }

    /** Tells whether to notify of progress now, and begins the next interval. */
    boolean isProgressDue() {
        boolean due = this.idle && this.progressNotify;
        this.idle = true;
        return due;
    }

    boolean wantsProgress() {
        return this.progressNotify;
    }

}
