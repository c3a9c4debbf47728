/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.watch.WatchSink.Delivered;

/**
 * One watcher with its state. Fields that are not volatile belong to the owner: the
 * delivering thread, or while the watcher reads history, the step of {@link CatchUp} it
 * is in. It changes hands through the mailbox and the queue of catching up only.
 */
final class RegisteredWatcher implements Watcher {

    private static final Logger logger = LoggerFactory.getLogger(RegisteredWatcher.class);

    private final EventHub hub;

    private final WatchSpec groupSpec;

    private final WatchSink sink;

    private final long requestedRevision;

    private final long startRevision;

    private final AtomicBoolean resumed = new AtomicBoolean();

    private volatile boolean cancelled;

    private volatile boolean synced;

    /** No event before this revision is delivered any more. */
    long next;

    /** Index in the list of its {@link WatcherGroup}. */
    int position;

    /** Who has it; only the delivering thread looks and changes. */
    Place place = Place.HISTORY;

    RegisteredWatcher(EventHub hub, WatchSpec spec, WatchSink sink, long startRevision) {
        this.hub = hub;
        this.groupSpec = new WatchSpec(spec.range(), 0, spec.without(), spec.previous());
        this.sink = sink;
        this.requestedRevision = spec.startRevision();
        this.startRevision = startRevision;
        this.next = startRevision;
    }

    @Override
    public long startRevision() {
        return this.startRevision;
    }

    @Override
    public void cancel() {
        this.cancelled = true;
        this.hub.cancel(this);
    }

    @Override
    public long syncedRevision() {
        if (!this.synced) {
            return -1;
        }
        long position = this.hub.position();
        // Looked at twice: what was delivered meanwhile counts only if nothing was held
        // back.
        return (this.synced && position >= this.requestedRevision) ? position : -1;
    }

    @Override
    public void resume() {
        if (!this.resumed.getAndSet(true)) {
            this.hub.resume(this);
        }
    }

    /** What it wants, without the start revision: equal for all members of a group. */
    WatchSpec groupSpec() {
        return this.groupSpec;
    }

    long requestedRevision() {
        return this.requestedRevision;
    }

    boolean isCancelled() {
        return this.cancelled;
    }

    boolean isResumed() {
        return this.resumed.get();
    }

    void setSynced(boolean synced) {
        this.synced = synced;
    }

    /** Asks the sink whether to read for it. */
    boolean hasRoom() {
        this.resumed.set(false);
        try {
            return this.cancelled || this.sink.hasRoom();
        }
        catch (RuntimeException ex) {
            drop(ex);
            return true;
        }
    }

    /**
     * Hands over what is not older than {@link #next} and moves that behind {@code upTo}.
     * @param events events in order, complete from {@link #next} up to {@code upTo}
     * @param upTo last revision that was looked at
     * @param revision the store's revision
     * @return whether the sink wants more
     */
    boolean deliver(List<Delivered> events, long upTo, long revision) {
        List<Delivered> wanted = WatcherGroup.from(this.next, events);
        this.next = Math.max(this.next, upTo + 1);
        if (wanted.isEmpty() || this.cancelled) {
            return true;
        }
        this.resumed.set(false);
        this.hub.delivered(wanted.size());
        try {
            return this.sink.deliver(wanted, revision);
        }
        catch (RuntimeException ex) {
            drop(ex);
            return true;
        }
    }

    /** The sink is broken; the other watchers must not suffer from it. */
    private void drop(RuntimeException ex) {
        logger.error("watcher dropped: its sink failed startRevision={} next={}", this.startRevision, this.next, ex);
        cancel();
    }

    void compacted(long compactRevision) {
        if (!this.cancelled) {
            this.cancelled = true;
            try {
                this.sink.compacted(compactRevision);
            }
            catch (RuntimeException ex) {
                logger.error("compaction not told: the sink failed compactRevision={}", compactRevision, ex);
            }
        }
    }

    /** Who has a watcher. */
    enum Place {

        /** Its group in the index of the delivering thread. */
        INDEX,
        /** {@link CatchUp}, or on the way from there. */
        HISTORY,
        /** Nobody: it waits for {@link #resume()}. */
        PAUSED,
        /** It is forgotten. */
        GONE

    }

}
