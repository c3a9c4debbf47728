/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import io.kvorum.proto.etcdserverpb.WatchGrpc;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.proto.etcdserverpb.WatchResponse;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.watch.WatchHub;
import io.kvorum.server.watch.WatchSink;
import io.kvorum.server.watch.WatchSink.Delivered;
import io.kvorum.server.watch.WatchSpec;
import io.kvorum.server.watch.Watcher;

/**
 * One watch on everything that proxies write, for all who want to hear of it; it begins
 * anew where it was when it breaks. How far it has come is what this proxy's reads see.
 * Safe for any thread; sinks are called by one thread at a time.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>The revision never goes back.</li>
 * <li>When it is told, all sinks have heard of every change up to it.</li>
 * </ol>
 */
final class RemoteChanges implements WatchHub, AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(RemoteChanges.class);

    /** etcd ends a watch with this in its request when its member has no leader. */
    private static final Metadata.Key<String> HAS_LEADER = Metadata.Key.of("hasleader",
            Metadata.ASCII_STRING_MARSHALLER);

    private static final long RETRY_MILLIS = 200;

    private final RemoteCluster cluster;

    private final KeyMapping keys;

    private final ScheduledExecutorService later;

    private final List<Registered> sinks = new CopyOnWriteArrayList<>();

    private final List<WatchSink> followers = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Void> started = new CompletableFuture<>();

    private final Object lock = new Object();

    /** Held by the one stream that delivers. */
    private final Object delivering = new Object();

    @GuardedBy("lock")
    private final PriorityQueue<Waiter> waiting = new PriorityQueue<>();

    @GuardedBy("lock")
    private final List<LongConsumer> asked = new ArrayList<>();

    @GuardedBy("lock")
    private @Nullable Stream stream;

    private volatile long revision;

    private volatile boolean closed;

    RemoteChanges(RemoteCluster cluster, KeyMapping keys, ScheduledExecutorService later) {
        this.cluster = cluster;
        this.keys = keys;
        this.later = later;
        cluster.onMove(this::move);
    }

    /** Begins to watch; completes when the cluster has answered. */
    CompletableFuture<Void> start() {
        begin();
        return this.started;
    }

    /** Lets somebody hear of all changes for good, also behind a gap. */
    void follow(WatchSink sink) {
        this.followers.add(sink);
    }

    @Override
    public Watcher watch(WatchSpec spec, WatchSink sink) {
        synchronized (this.lock) {
            Registered registered = new Registered(sink, this.revision + 1);
            this.sinks.add(registered);
            return registered;
        }
    }

    @Override
    public void progress(Collection<? extends Watcher> watchers, LongConsumer answer) {
        // Whoever waits for a revision waits for a change, which brings the answer.
        synchronized (this.lock) {
            this.asked.add(answer);
        }
    }

    @Override
    public long revision() {
        return this.revision;
    }

    /** Completes when everything up to a revision, which changed something, was told. */
    CompletableFuture<Void> reached(long wanted) {
        Waiter waiter = new Waiter(wanted, new CompletableFuture<>());
        synchronized (this.lock) {
            if (this.revision >= wanted) {
                return CompletableFuture.completedFuture(null);
            }
            this.waiting.add(waiter);
        }
        return waiter.future;
    }

    @Override
    public void close() {
        this.closed = true;
    }

    /** Finds out where the cluster is, the first time and when history is lost. */
    private void begin() {
        RangeRequest now = RangeRequest.newBuilder().setKey(this.keys.start()).setCountOnly(true).build();
        this.cluster.range(now).whenComplete((answer, failure) -> {
            if (failure == null) {
                advance(answer.getHeader().getRevision());
                open();
                this.started.complete(null);
            }
            else {
                logger.warn("proxy.waiting-for-cluster reason=\"{}\"", failure.getMessage());
                retry(this::begin);
            }
        });
    }

    private void retry(Runnable again) {
        if (!this.closed) {
            this.later.schedule(again, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void open() {
        Metadata metadata = new Metadata();
        metadata.put(HAS_LEADER, "true");
        Stream opened = new Stream();
        synchronized (this.lock) {
            this.stream = opened;
        }
        StreamObserver<WatchRequest> requests = WatchGrpc.newStub(this.cluster.channel())
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
            .watch(opened);
        opened.requests = requests;
        requests.onNext(WatchRequest.newBuilder()
            .setCreateRequest(WatchCreateRequest.newBuilder()
                .setKey(this.keys.start())
                .setRangeEnd(this.keys.end())
                .setStartRevision(this.revision + 1))
            .build());
    }

    /** Another member is used for calls: what they change is heard of there first. */
    private void move() {
        Stream left;
        synchronized (this.lock) {
            left = this.stream;
            this.stream = null;
        }
        if (left != null) {
            left.end();
            open();
        }
    }

    private void reopen(Stream broken) {
        synchronized (this.lock) {
            if (this.stream != broken || this.closed) {
                return;
            }
            this.stream = null;
        }
        retry(this::open);
    }

    private boolean isCurrent(Stream candidate) {
        synchronized (this.lock) {
            return this.stream == candidate;
        }
    }

    private void deliver(List<io.kvorum.proto.mvccpb.Event> changes) {
        List<Delivered> events = new ArrayList<>(changes.size());
        long told = this.revision;
        long newest = told;
        for (io.kvorum.proto.mvccpb.Event change : changes) {
            KeyValue kv = this.keys.local(change.getKv());
            if (kv.modRevision() <= told) {
                // The watch before this one has been faster.
                continue;
            }
            newest = Math.max(newest, kv.modRevision());
            if (KeyMapping.isOfTree(kv.key())) {
                Event.Type type = (change.getType() == io.kvorum.proto.mvccpb.Event.EventType.PUT) ? Event.Type.PUT
                        : Event.Type.DELETE;
                events.add(new Delivered(new Event(type, kv), null));
            }
        }
        long upTo = newest;
        for (Registered sink : this.sinks) {
            sink.sink.deliver(events, upTo);
        }
        this.followers.forEach((follower) -> follower.deliver(events, upTo));
        advance(upTo);
    }

    private void compacted(long oldest) {
        logger.warn("proxy.events-compacted revision={} oldest={}", this.revision, oldest);
        List<Registered> lost = List.copyOf(this.sinks);
        this.sinks.removeAll(lost);
        jump(lost, oldest);
    }

    /** Goes on from where the cluster is; what was in between is lost to everybody. */
    private void jump(List<Registered> lost, long oldest) {
        RangeRequest now = RangeRequest.newBuilder().setKey(this.keys.start()).setCountOnly(true).build();
        this.cluster.range(now).whenComplete((answer, failure) -> {
            if (failure != null) {
                retry(() -> jump(lost, oldest));
                return;
            }
            advance(answer.getHeader().getRevision());
            lost.forEach((sink) -> sink.sink.compacted(oldest));
            this.followers.forEach((follower) -> follower.compacted(oldest));
            open();
        });
    }

    private void advance(long reached) {
        List<Waiter> done = new ArrayList<>();
        List<LongConsumer> answers;
        synchronized (this.lock) {
            this.revision = Math.max(this.revision, reached);
            while (!this.waiting.isEmpty() && this.waiting.element().revision <= this.revision) {
                done.add(this.waiting.remove());
            }
            answers = List.copyOf(this.asked);
            this.asked.clear();
        }
        done.forEach((waiter) -> waiter.future.complete(null));
        answers.forEach((answer) -> answer.accept(reached));
    }

    /** What the cluster says on one watch. */
    private final class Stream implements StreamObserver<WatchResponse> {

        private volatile @Nullable StreamObserver<WatchRequest> requests;

        void end() {
            StreamObserver<WatchRequest> open = this.requests;
            if (open != null) {
                open.onError(Status.CANCELLED.asException());
            }
        }

        @Override
        public void onNext(WatchResponse response) {
            synchronized (RemoteChanges.this.delivering) {
                take(response);
            }
        }

        private void take(WatchResponse response) {
            if (!isCurrent(this)) {
                return;
            }
            if (response.getCompactRevision() > 0) {
                synchronized (RemoteChanges.this.lock) {
                    RemoteChanges.this.stream = null;
                }
                compacted(response.getCompactRevision());
            }
            else if (response.getCanceled()) {
                onError(new IllegalStateException(response.getCancelReason()));
            }
            else if (response.getEventsCount() > 0) {
                deliver(response.getEventsList());
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (isCurrent(this) && !RemoteChanges.this.closed) {
                logger.warn("proxy.watch-broken revision={} reason=\"{}\"", RemoteChanges.this.revision,
                        failure.getMessage());
                reopen(this);
            }
        }

        @Override
        public void onCompleted() {
            reopen(this);
        }

    }

    /** Somebody who wants to hear of changes. */
    private final class Registered implements Watcher {

        private final WatchSink sink;

        private final long from;

        Registered(WatchSink sink, long from) {
            this.sink = sink;
            this.from = from;
        }

        @Override
        public long startRevision() {
            return this.from;
        }

        @Override
        public void cancel() {
            RemoteChanges.this.sinks.remove(this);
        }

        @Override
        public long syncedRevision() {
            return RemoteChanges.this.revision;
        }

        @Override
        public void resume() {
            // Nothing is ever held back: connections bound what waits for them.
        }

    }

    private record Waiter(long revision, CompletableFuture<Void> future) implements Comparable<Waiter> {

        @Override
        public int compareTo(Waiter other) {
            return Long.compare(this.revision, other.revision);
        }

    }

}
