/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/** A place in a line; at its head, the ownership of what the line is for. */
final class Place implements Ownership {

    private static final long RETRY_MILLIS = 250;

    private final KvClient client;

    private final Ticker ticker;

    private final Session session;

    private final Bytes key;

    private final CompletableFuture<End> ended = new CompletableFuture<>();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Watcher watcher;

    private volatile long createRevision;

    private volatile boolean first;

    Place(KvClient client, Ticker ticker, Session session, Bytes key) {
        this.client = client;
        this.ticker = ticker;
        this.session = session;
        this.key = key;
        session.ended().thenAccept((why) -> this.ended.complete(End.SESSION_LOST));
        this.ended.thenAccept((why) -> stopWatching());
    }

    @Override
    public Bytes key() {
        return this.key;
    }

    @Override
    public long fencingToken() {
        return this.createRevision;
    }

    @Override
    public boolean isHeld() {
        return this.first && !this.ended.isDone() && this.session.isAlive();
    }

    @Override
    public Compare guard() {
        return Compare.createRevision(this.key, Compare.Relation.EQUAL, this.createRevision);
    }

    @Override
    public CompletionStage<End> ended() {
        return this.ended;
    }

    @Override
    public void close() {
        this.ended.complete(End.RELEASED);
        leave();
    }

    Session session() {
        return this.session;
    }

    boolean isFirst() {
        return this.first;
    }

    void created(long revision) {
        this.createRevision = revision;
    }

    /** Nobody is ahead any more: from here on it matters that nobody deletes the key. */
    CompletableFuture<Place> first(long revision) {
        this.first = true;
        return this.client.watch(KeyRange.single(this.key), revision, new Loss())
            .toCompletableFuture()
            .thenApply((own) -> {
                synchronized (this.lock) {
                    this.watcher = own;
                }
                if (this.ended.isDone()) {
                    stopWatching();
                }
                return this;
            });
    }

    /**
     * Deletes the key, which nobody else uses, until it is known to be gone: as long as
     * the session lives on, others wait for it.
     */
    private void leave() {
        this.client.delete(KeyRange.single(this.key)).whenComplete((done, failure) -> {
            if (failure != null && this.session.isAlive()) {
                Ticker.Pending unused = this.ticker.after(RETRY_MILLIS, TimeUnit.MILLISECONDS, this::leave);
            }
        });
    }

    private void stopWatching() {
        Watcher own;
        synchronized (this.lock) {
            own = this.watcher;
            this.watcher = null;
        }
        if (own != null) {
            own.close();
        }
    }

    /** Ends the ownership when somebody deletes the key. */
    private final class Loss implements WatchListener {

        @Override
        public void changed(List<Event> events, long revision) {
            if (events.stream().anyMatch((event) -> event.type() == Event.Type.DELETE)) {
                Place.this.ended.complete(End.TAKEN_AWAY);
            }
        }

        @Override
        public void missed(Result.Range range) {
            boolean there = range.kvs().stream().anyMatch((kv) -> kv.createRevision() == Place.this.createRevision);
            if (!there) {
                Place.this.ended.complete(End.TAKEN_AWAY);
            }
        }

        @Override
        public void ended(KvException failure) {
            // The session still guards the ownership.
        }

    }

}
