/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

import io.kvorum.proto.v3electionpb.LeaderResponse;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.etcd3.ResponseHeaders;
import io.kvorum.server.watch.WatchSink;
import io.kvorum.server.watch.WatchSpec;
import io.kvorum.server.watch.Watcher;

/**
 * One call of Observe: looks for the leader, tells its values until its key is deleted,
 * looks again. A client that is slow misses leaders, never the last one. One step at a
 * time; each may be on another thread.
 */
final class Observation {

    private final KvNode node;

    private final ResponseHeaders headers;

    private final Contest contest;

    private final ServerCallStreamObserver<LeaderResponse> observer;

    /** A look that waits until the client has room for what it finds. */
    private final AtomicBoolean due = new AtomicBoolean();

    private volatile @Nullable Watcher watcher;

    private volatile boolean gone;

    Observation(KvNode node, ResponseHeaders headers, Contest contest,
            ServerCallStreamObserver<LeaderResponse> observer) {
        this.node = node;
        this.headers = headers;
        this.contest = contest;
        this.observer = observer;
    }

    static LeaderResponse response(ResponseHeaders headers, long revision, KeyValue kv) {
        return LeaderResponse.newBuilder()
            .setHeader(headers.at(revision))
            .setKv(io.kvorum.proto.mvccpb.KeyValue.newBuilder()
                .setKey(UnsafeByteOperations.unsafeWrap(kv.key().array()))
                .setCreateRevision(kv.createRevision())
                .setModRevision(kv.modRevision())
                .setVersion(kv.version())
                .setValue(UnsafeByteOperations.unsafeWrap(kv.value().array()))
                .setLease(kv.lease()))
            .build();
    }

    void start() {
        this.observer.setOnCancelHandler(this::stop);
        this.observer.setOnReadyHandler(this::roomAgain);
        lookWhenReady();
    }

    private void stop() {
        this.gone = true;
        cancelWatcher();
    }

    private void roomAgain() {
        if (this.due.getAndSet(false)) {
            look();
        }
        Watcher current = this.watcher;
        if (current != null) {
            current.resume();
        }
    }

    private void lookWhenReady() {
        this.due.set(true);
        if (this.observer.isReady() && this.due.getAndSet(false)) {
            look();
        }
    }

    private void look() {
        if (!this.gone) {
            this.node.range(this.contest.oldest(), Consistency.LINEARIZABLE).whenComplete(this::seen);
        }
    }

    private void seen(Result.@Nullable Range result, @Nullable Throwable failure) {
        if (result == null) {
            end();
        }
        else if (result.range().kvs().isEmpty()) {
            awaitCandidate(result.revision());
        }
        else {
            follow(result.range().kvs().get(0), result.revision());
        }
    }

    private void awaitCandidate(long seenRevision) {
        CompletableFuture<KeyValue> candidate = new CompletableFuture<>();
        watch(new WatchSpec(this.contest.range(), seenRevision + 1, Set.of(Event.Type.DELETE), false),
                new FirstPut(candidate), candidate, (kv) -> {
                    if (kv != null) {
                        follow(kv, kv.modRevision());
                    }
                    else {
                        lookWhenReady();
                    }
                });
    }

    private void follow(KeyValue leader, long revision) {
        send(revision, leader);
        CompletableFuture<Void> deleted = new CompletableFuture<>();
        watch(new WatchSpec(KeyRange.single(leader.key()), revision + 1, Set.of(), false), new Values(deleted), deleted,
                (done) -> lookWhenReady());
    }

    private <T> void watch(WatchSpec spec, WatchSink sink, CompletableFuture<T> until, Next<T> next) {
        Watcher started;
        try {
            started = this.node.watches().watch(spec, sink);
        }
        catch (KvException ex) {
            end();
            return;
        }
        this.watcher = started;
        until.thenAccept((result) -> {
            started.cancel();
            next.step(result);
        });
        if (this.gone) {
            started.cancel();
        }
    }

    private void cancelWatcher() {
        Watcher current = this.watcher;
        if (current != null) {
            current.cancel();
        }
    }

    private void send(long revision, KeyValue kv) {
        if (!this.gone) {
            this.observer.onNext(response(this.headers, revision, kv));
        }
    }

    /** etcd: whatever ends an observation, it is no error. */
    private void end() {
        if (!this.gone) {
            this.observer.onCompleted();
        }
    }

    /** What to do when a watch has seen enough. */
    private interface Next<T> {

        void step(@Nullable T result);

    }

    /**
     * Sees the first key that is put.
     *
     * @param seen completes with it, or with {@code null} if history is gone
     */
    private record FirstPut(CompletableFuture<@Nullable KeyValue> seen) implements WatchSink {

        @Override
        public boolean deliver(List<Delivered> events, long revision) {
            this.seen.complete(events.get(0).event().kv());
            return true;
        }

        @Override
        public void compacted(long compactRevision) {
            this.seen.complete(null);
        }

    }

    /** Tells the values of a key until it is deleted. */
    private final class Values implements WatchSink {

        private final CompletableFuture<Void> deleted;

        Values(CompletableFuture<Void> deleted) {
            this.deleted = deleted;
        }

        @Override
        public boolean hasRoom() {
            return Observation.this.observer.isReady();
        }

        @Override
        public boolean deliver(List<Delivered> events, long revision) {
            for (Delivered delivered : events) {
                if (this.deleted.isDone()) {
                    return true;
                }
                if (delivered.event().type() == Event.Type.DELETE) {
                    this.deleted.complete(null);
                }
                else {
                    send(revision, delivered.event().kv());
                }
            }
            return this.deleted.isDone() || hasRoom();
        }

        @Override
        public void compacted(long compactRevision) {
            this.deleted.complete(null);
        }

    }

}
