/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import io.kvorum.proto.etcdserverpb.WatchGrpc;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.proto.etcdserverpb.WatchResponse;

/**
 * A watch that begins again where it was, at another member if need be, until it is
 * closed. Safe for any thread; the listener is called by one thread at a time.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>The listener hears of every change exactly once, or of a gap.</li>
 * <li>Changes of one revision come in one call.</li>
 * </ol>
 */
final class WatchLoop implements Watcher {

    /** In place of a revision: from what comes next. */
    static final long NOW = -1;

    private static final long RETRY_MILLIS = 100;

    private final Cluster cluster;

    private final Messages messages;

    private final KeyRange range;

    private final boolean withPrevious;

    private final WatchListener listener;

    private final CompletableFuture<Watcher> started = new CompletableFuture<>();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Stream current;

    @GuardedBy("lock")
    private boolean closed;

    private volatile long revision;

    private volatile KvException lastFailure = new KvException(KvException.Code.TIMEOUT,
            "no member has taken the watch in time", null);

    /**
     * Prepares a watch.
     * @param after the last revision that the listener knows of, or {@link #NOW}
     */
    WatchLoop(Cluster cluster, Messages messages, KeyRange range, long after, boolean withPrevious,
            WatchListener listener) {
        this.cluster = cluster;
        this.messages = messages;
        this.range = range;
        this.revision = after;
        this.withPrevious = withPrevious;
        this.listener = listener;
    }

    /** Begins; completes when a member has taken the watch. */
    CompletableFuture<Watcher> start() {
        Ticker.Pending unused = this.cluster.ticker()
            .after(this.cluster.requestTimeoutMillis(), TimeUnit.MILLISECONDS, this::giveUp);
        open();
        return this.started;
    }

    @Override
    public long revision() {
        return this.revision;
    }

    @Override
    public void close() {
        Stream open;
        synchronized (this.lock) {
            this.closed = true;
            open = this.current;
            this.current = null;
        }
        if (open != null) {
            open.cancel();
        }
    }

    private void giveUp() {
        if (this.started.completeExceptionally(this.lastFailure)) {
            close();
        }
    }

    private void open() {
        Stream stream = new Stream();
        synchronized (this.lock) {
            if (this.closed) {
                return;
            }
            this.current = stream;
        }
        KeyRange onWire = this.messages.onWire(this.range);
        WatchRequest request = WatchRequest.newBuilder()
            .setCreateRequest(WatchCreateRequest.newBuilder()
                .setKey(Messages.bytes(onWire.start()))
                .setRangeEnd(Messages.bytes(onWire.end()))
                .setStartRevision(this.revision + 1)
                .setProgressNotify(true)
                .setFragment(true)
                .setPrevKv(this.withPrevious))
            .build();
        this.cluster.open(WatchGrpc.getWatchMethod(), stream).whenComplete((requests, failure) -> {
            if (failure != null) {
                again(stream);
            }
            else {
                stream.begin(requests, request);
            }
        });
    }

    private void again(Stream broken) {
        synchronized (this.lock) {
            if (this.current != broken || this.closed) {
                return;
            }
            this.current = null;
        }
        Ticker.Pending unused = this.cluster.ticker().after(RETRY_MILLIS, TimeUnit.MILLISECONDS, this::open);
    }

    private boolean isCurrent(Stream stream) {
        synchronized (this.lock) {
            return this.current == stream;
        }
    }

    private void end(Stream stream, KvException failure) {
        if (!isCurrent(stream)) {
            return;
        }
        close();
        if (!this.started.completeExceptionally(failure)) {
            this.listener.ended(failure);
        }
    }

    /** Reads what is there, because nobody can tell any more how it came to be. */
    private void jump(Stream gone) {
        this.cluster.ask(KVGrpc.getRangeMethod(), this.messages.range(RangeQuery.of(this.range)))
            .whenComplete((answer, failure) -> {
                if (!isCurrent(gone)) {
                    return;
                }
                if (failure != null) {
                    Ticker.Pending unused = this.cluster.ticker()
                        .after(RETRY_MILLIS, TimeUnit.MILLISECONDS, () -> jump(gone));
                    return;
                }
                Result.Range found = this.messages.range(answer);
                this.revision = found.revision();
                tell(gone, () -> this.listener.missed(found));
                again(gone);
            });
    }

    private void tell(Stream stream, Runnable call) {
        try {
            call.run();
        }
        catch (RuntimeException ex) {
            end(stream, new KvException(KvException.Code.INVALID, "the listener of a watch has failed", ex));
        }
    }

    /** What one member says. */
    private final class Stream implements StreamObserver<WatchResponse> {

        private final List<Event> fragments = new ArrayList<>();

        private final Object own = new Object();

        @GuardedBy("own")
        private @Nullable ClientCallStreamObserver<WatchRequest> requests;

        @GuardedBy("own")
        private boolean cancelled;

        void begin(ClientCallStreamObserver<WatchRequest> opened, WatchRequest first) {
            synchronized (this.own) {
                this.requests = opened;
                if (this.cancelled) {
                    opened.cancel("closed", null);
                }
                else {
                    opened.onNext(first);
                }
            }
        }

        void cancel() {
            synchronized (this.own) {
                this.cancelled = true;
                if (this.requests != null) {
                    this.requests.cancel("closed", null);
                }
            }
        }

        private boolean isCancelled() {
            synchronized (this.own) {
                return this.cancelled;
            }
        }

        @Override
        public void onNext(WatchResponse response) {
            if (!isCurrent(this)) {
                return;
            }
            if (response.getCompactRevision() > 0) {
                cancel();
                jump(this);
            }
            else if (response.getCanceled()) {
                cancelled(response.getCancelReason());
            }
            else if (response.getCreated()) {
                if (WatchLoop.this.revision == NOW) {
                    WatchLoop.this.revision = response.getHeader().getRevision();
                }
                WatchLoop.this.started.complete(WatchLoop.this);
            }
            else {
                received(response);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (isCancelled()) {
                return;
            }
            KvException known = (KvException) failure;
            WatchLoop.this.lastFailure = known;
            switch (known.code()) {
                case PERMISSION_DENIED, WRONG_SERVER, INVALID, CLOSED -> end(this, known);
                default -> again(this);
            }
        }

        @Override
        public void onCompleted() {
            if (!isCancelled()) {
                again(this);
            }
        }

        private void cancelled(String reason) {
            cancel();
            if (reason.contains("permission denied")) {
                end(this, new KvException(KvException.Code.PERMISSION_DENIED, "watch: " + reason, null));
            }
            else {
                again(this);
            }
        }

        private void received(WatchResponse response) {
            response.getEventsList().forEach((event) -> this.fragments.add(WatchLoop.this.messages.event(event)));
            if (response.getFragment()) {
                return;
            }
            if (this.fragments.isEmpty()) {
                // Progress: nothing has happened up to here.
                WatchLoop.this.revision = Math.max(WatchLoop.this.revision, response.getHeader().getRevision());
                return;
            }
            List<Event> events = List.copyOf(this.fragments);
            this.fragments.clear();
            long last = events.get(events.size() - 1).kv().modRevision();
            WatchLoop.this.revision = last;
            tell(this, () -> WatchLoop.this.listener.changed(events, last));
        }

    }

}
