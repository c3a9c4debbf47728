/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Invariant;
import io.kvorum.server.watch.Message.Cancelled;
import io.kvorum.server.watch.Message.CaughtUp;
import io.kvorum.server.watch.Message.Gap;
import io.kvorum.server.watch.Message.Held;
import io.kvorum.server.watch.Message.ProgressAsked;
import io.kvorum.server.watch.Message.Publication;
import io.kvorum.server.watch.Message.Registered;
import io.kvorum.server.watch.Message.Resumed;
import io.kvorum.server.watch.RegisteredWatcher.Place;

/**
 * What the delivering thread does with its messages. It alone decides where a watcher
 * belongs. Confined to that thread.
 */
final class Delivery {

    private static final Logger logger = LoggerFactory.getLogger(Delivery.class);

    private final EventHub hub;

    private final CatchUp catchUp;

    private final WatcherIndex index = new WatcherIndex();

    private final RecentEvents recent;

    private final int maxCollected;

    private int collected;

    /** Watchers in the index; written by the delivering thread only. */
    private final AtomicInteger indexed = new AtomicInteger();

    private long collectedUpTo;

    Delivery(EventHub hub, CatchUp catchUp, WatchHubSettings settings) {
        this.hub = hub;
        this.catchUp = catchUp;
        this.recent = new RecentEvents(settings, hub.position());
        this.maxCollected = settings.historyEvents();
        this.collectedUpTo = hub.position();
    }

    /** Returns how many watchers get events as they come. Any thread. */
    int indexed() {
        return this.indexed.get();
    }

    void handle(List<Message> messages) {
        for (Message message : messages) {
            if (message instanceof Publication publication) {
                tryPublication(publication);
                continue;
            }
            flush();
            if (message instanceof Registered registered) {
                registered(registered.watcher(), registered.known());
            }
            else if (message instanceof CaughtUp caughtUp) {
                admit(caughtUp.watcher(), 0);
            }
            else if (message instanceof Held held) {
                hold(held.watcher());
            }
            else if (message instanceof Resumed resumed) {
                resumed(resumed.watcher());
            }
            else if (message instanceof Cancelled cancelled) {
                cancelled(cancelled.watcher());
            }
            else if (message instanceof ProgressAsked asked) {
                progress(asked);
            }
            else if (message instanceof Gap gap) {
                gap(gap.upTo());
            }
        }
        flush();
    }

    private void tryPublication(Publication publication) {
        try {
            publication(publication);
        }
        catch (RuntimeException ex) {
            // The store failed to give a previous value: reading history will try again,
            // as often as it takes.
            logger.error("events not delivered, watchers will read them firstRevision={} lastRevision={}",
                    publication.firstRevision(), publication.lastRevision(), ex);
            this.index.takeTouched().forEach(WatcherGroup::takeCollected);
            this.collected = 0;
            gap(publication.lastRevision());
        }
    }

    /**
     * Collects a batch. Batches that wait one behind the other are delivered together: a
     * hub that lags gets cheaper per event.
     */
    private void publication(Publication publication) {
        if (publication.firstRevision() > this.collectedUpTo + 1) {
            flush();
            gap(publication.firstRevision() - 1);
        }
        for (List<SharedEvent> events : publication.revisions()) {
            long revision = events.get(0).revision();
            if (revision <= this.collectedUpTo) {
                continue;
            }
            for (SharedEvent event : events) {
                this.index.collect(event, publication.view());
                this.recent.add(event);
            }
            this.collected += events.size();
            this.collectedUpTo = revision;
        }
        if (this.collected >= this.maxCollected) {
            flush();
        }
    }

    private void flush() {
        this.collected = 0;
        long upTo = this.collectedUpTo;
        for (WatcherGroup group : this.index.takeTouched()) {
            var events = group.takeCollected();
            for (RegisteredWatcher watcher : group.watchers()) {
                if (!watcher.deliver(events, upTo, upTo)) {
                    hold(watcher);
                }
            }
        }
        this.hub.position(upTo);
    }

    /** Everybody who misses something up to a revision has to read it. */
    private void gap(long upTo) {
        long position = this.hub.position();
        if (upTo <= position) {
            return;
        }
        for (RegisteredWatcher watcher : this.index.watchers()) {
            long next = Math.max(watcher.next, position + 1);
            if (next <= upTo) {
                watcher.next = next;
                toHistory(watcher);
            }
        }
        this.recent.restart(upTo);
        this.collectedUpTo = upTo;
        this.hub.position(upTo);
    }

    private void registered(RegisteredWatcher watcher, long known) {
        if (this.index.isEmpty() && known > this.hub.position()) {
            // Nobody listened, so publications up to there may have been left out.
            gap(known);
        }
        long requested = watcher.requestedRevision();
        if (requested != 0 && requested < this.hub.view().compactRevision()) {
            toHistory(watcher);
        }
        else {
            admit(watcher, known);
        }
    }

    /**
     * Lets a watcher in where it belongs: nothing before its next revision was missed.
     */
    private void admit(RegisteredWatcher watcher, long known) {
        long position = this.hub.position();
        if (watcher.isCancelled()) {
            forget(watcher);
        }
        else if (watcher.next > Math.max(position, known)) {
            join(watcher);
        }
        else if (known <= position && this.recent.covers(watcher.next)) {
            if (watcher.hasRoom()
                    && watcher.deliver(this.recent.select(watcher, this.hub.view()), position, position)) {
                join(watcher);
            }
            else {
                hold(watcher);
            }
        }
        else {
            toHistory(watcher);
        }
    }

    private void join(RegisteredWatcher watcher) {
        Invariant.check(watcher.next > this.hub.position(), "watcher joins at %s, published is %s", watcher.next,
                this.hub.position());
        this.index.add(watcher);
        this.indexed.incrementAndGet();
        watcher.place = Place.INDEX;
        watcher.setSynced(true);
    }

    private void toHistory(RegisteredWatcher watcher) {
        leaveIndex(watcher);
        watcher.place = Place.HISTORY;
        this.catchUp.add(watcher);
    }

    private void hold(RegisteredWatcher watcher) {
        leaveIndex(watcher);
        watcher.place = Place.PAUSED;
        if (watcher.isResumed() || watcher.isCancelled()) {
            // The note about that may have come before this one.
            admit(watcher, 0);
        }
    }

    private void resumed(RegisteredWatcher watcher) {
        if (watcher.place == Place.PAUSED) {
            admit(watcher, 0);
        }
    }

    private void cancelled(RegisteredWatcher watcher) {
        if (watcher.place == Place.INDEX || watcher.place == Place.PAUSED) {
            forget(watcher);
        }
    }

    private void forget(RegisteredWatcher watcher) {
        leaveIndex(watcher);
        watcher.place = Place.GONE;
        this.hub.forgotten();
    }

    private void leaveIndex(RegisteredWatcher watcher) {
        if (watcher.place == Place.INDEX) {
            watcher.setSynced(false);
            this.index.remove(watcher);
            this.indexed.decrementAndGet();
        }
    }

    private void progress(ProgressAsked asked) {
        long position = this.hub.position();
        boolean synced = !asked.watchers().isEmpty()
                && asked.watchers().stream().allMatch((watcher) -> watcher.syncedRevision() == position);
        try {
            asked.answer().accept(synced ? position : -1);
        }
        catch (RuntimeException ex) {
            logger.error("progress not told: the listener failed revision={}", position, ex);
        }
    }

}
