/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.proto.etcdserverpb.WatchCancelRequest;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.proto.etcdserverpb.WatchResponse;
import io.kvorum.proto.mvccpb.Event;

/**
 * One watch stream and what it delivered, per watcher. It also checks what holds for a
 * single server: events of one watcher come in the order of revisions, those of one
 * revision in one response, and none is newer than the header.
 */
final class WatchLog implements StreamObserver<WatchResponse>, AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final long base;

    private final StreamObserver<WatchRequest> requests;

    @GuardedBy("this")
    private final Map<Long, List<String>> deliveries = new TreeMap<>();

    @GuardedBy("this")
    private final Map<Long, Long> lastRevisions = new TreeMap<>();

    @GuardedBy("this")
    private final Set<Long> confirmed = new HashSet<>();

    @GuardedBy("this")
    private final List<String> broken = new ArrayList<>();

    private volatile CompletableFuture<WatchResponse> created = new CompletableFuture<>();

    private volatile CompletableFuture<WatchResponse> canceled = new CompletableFuture<>();

    WatchLog(KvClient client, long base) {
        this.base = base;
        this.requests = client.watch().watch(this);
    }

    /** Creates a watcher and answers the server's confirmation. */
    String create(WatchCreateRequest request) {
        this.created = new CompletableFuture<>();
        this.requests.onNext(WatchRequest.newBuilder().setCreateRequest(request).build());
        return await(this.created, "confirmation of " + request);
    }

    /** Ends a watcher that exists and waits for the confirmation. */
    String cancel(long watchId) {
        this.canceled = new CompletableFuture<>();
        this.requests.onNext(WatchRequest.newBuilder()
            .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(watchId))
            .build());
        return await(this.canceled, "end of watcher " + watchId);
    }

    synchronized Map<Long, List<String>> deliveries() {
        Map<Long, List<String>> copy = new TreeMap<>();
        this.deliveries.forEach((id, events) -> copy.put(id, List.copyOf(events)));
        return copy;
    }

    synchronized boolean hasWatch(long watchId) {
        return this.confirmed.contains(watchId);
    }

    synchronized List<String> brokenGuarantees() {
        return List.copyOf(this.broken);
    }

    @Override
    public synchronized void onNext(WatchResponse response) {
        long id = response.getWatchId();
        if (response.getCreated()) {
            if (!response.getCanceled()) {
                this.confirmed.add(id);
            }
            this.created.complete(response);
        }
        else if (response.getCanceled()) {
            log(id, "canceled compact_revision=" + relative(response.getCompactRevision()) + " reason="
                    + response.getCancelReason());
            this.canceled.complete(response);
        }
        check(response);
        for (Event event : response.getEventsList()) {
            log(id, Answers.of(event, this.base));
        }
    }

    @Override
    public void onError(Throwable failure) {
        this.created.completeExceptionally(failure);
        this.canceled.completeExceptionally(failure);
        synchronized (this) {
            log(-1, "stream ended: " + Answers.of(Status.fromThrowable(failure)));
        }
    }

    @Override
    public void onCompleted() {
        onError(Status.OK.withDescription("completed").asRuntimeException());
    }

    @Override
    public void close() {
        this.requests.onCompleted();
    }

    @GuardedBy("this")
    private void check(WatchResponse response) {
        long id = response.getWatchId();
        long previous = this.lastRevisions.getOrDefault(id, 0L);
        long last = previous;
        for (Event event : response.getEventsList()) {
            long revision = event.getKv().getModRevision();
            if (revision <= previous || revision < last) {
                this.broken.add("watcher " + id + ": revision " + relative(revision) + " after " + relative(last)
                        + " (an earlier response ended with " + relative(previous) + ")");
            }
            if (revision > response.getHeader().getRevision()) {
                this.broken.add("watcher " + id + ": event of revision " + relative(revision) + " under header "
                        + relative(response.getHeader().getRevision()));
            }
            last = revision;
        }
        if (!response.getFragment()) {
            this.lastRevisions.put(id, last);
        }
    }

    @GuardedBy("this")
    private void log(long id, String line) {
        this.deliveries.computeIfAbsent(id, (ignored) -> new ArrayList<>()).add(line);
    }

    private long relative(long revision) {
        return (revision > 0) ? revision - this.base : revision;
    }

    private String await(CompletableFuture<WatchResponse> answer, String what) {
        try {
            WatchResponse response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return "created=" + response.getCreated() + " canceled=" + response.getCanceled() + " id="
                    + response.getWatchId() + " reason=" + response.getCancelReason();
        }
        catch (ExecutionException ex) {
            return Answers.of(Status.fromThrowable(ex));
        }
        catch (TimeoutException ex) {
            return "no answer: " + what;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

}
