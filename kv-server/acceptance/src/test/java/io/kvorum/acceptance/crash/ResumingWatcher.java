/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.proto.etcdserverpb.WatchResponse;
import io.kvorum.proto.mvccpb.Event;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Watches all keys from the first revision, and after the end of a stream goes on at the
 * next revision with the next member, as every client library does. Thread-safe.
 */
final class ResumingWatcher implements AutoCloseable {

    private static final ByteString ALL = ByteString.copyFrom(new byte[1]);

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final List<KvClient> clients;

    @GuardedBy("this")
    private final List<String> events = new ArrayList<>();

    @GuardedBy("this")
    private final List<String> broken = new ArrayList<>();

    @GuardedBy("this")
    private long lastRevision;

    @GuardedBy("this")
    private int resumed;

    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private @Nullable Stream current;

    ResumingWatcher(List<String> endpoints) {
        this.clients = endpoints.stream().map(KvClient::new).toList();
    }

    /** Opens the first stream. */
    synchronized void start() {
        this.current = new Stream();
        this.current.open(this.clients.get(this.resumed % this.clients.size()));
    }

    /** Waits until the event of this revision has come. */
    void awaitRevision(long revision) {
        Awaitility.await("watch event of revision " + revision)
            .atMost(TIMEOUT)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> lastRevision() >= revision);
    }

    synchronized long lastRevision() {
        return this.lastRevision;
    }

    /** All events in the order of their arrival. */
    synchronized List<String> events() {
        return List.copyOf(this.events);
    }

    /** Broken promises of a watch: order, uniqueness, one response per revision. */
    synchronized List<String> broken() {
        return List.copyOf(this.broken);
    }

    synchronized int resumed() {
        return this.resumed;
    }

    @Override
    public void close() {
        synchronized (this) {
            this.closed = true;
        }
        this.clients.forEach(KvClient::close);
    }

    private synchronized void accept(Stream from, WatchResponse response) {
        if (from != this.current) {
            return;
        }
        if (response.getCanceled()) {
            this.broken.add("cancelled: " + response.getCancelReason() + " " + response.getCompactRevision());
        }
        long before = this.lastRevision;
        for (Event event : response.getEventsList()) {
            long revision = event.getKv().getModRevision();
            if (revision <= before || revision < this.lastRevision) {
                this.broken.add("revision " + revision + " after " + this.lastRevision
                        + ", the previous response ended with " + before);
            }
            this.lastRevision = revision;
            this.events.add(revision + " " + event.getType() + " " + event.getKv().getKey().toStringUtf8() + "="
                    + event.getKv().getValue().toStringUtf8());
        }
    }

    private synchronized void resume(Stream from) {
        if (this.closed || from != this.current) {
            return;
        }
        this.resumed++;
        Stream next = new Stream();
        this.current = next;
        Thread thread = new Thread(() -> reopen(next), "resume-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void reopen(Stream next) {
        Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        synchronized (this) {
            if (!this.closed) {
                next.open(this.clients.get(this.resumed % this.clients.size()));
            }
        }
    }

    /** One stream; what an older one still delivers is ignored. */
    private final class Stream implements StreamObserver<WatchResponse> {

        void open(KvClient client) {
            StreamObserver<WatchRequest> requests = client.watch().watch(this);
            requests.onNext(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder()
                    .setKey(ALL)
                    .setRangeEnd(ALL)
                    .setStartRevision(lastRevision() + 1))
                .build());
        }

        @Override
        public void onNext(WatchResponse response) {
            accept(this, response);
        }

        @Override
        public void onError(Throwable failure) {
            resume(this);
        }

        @Override
        public void onCompleted() {
            resume(this);
        }

    }

}
