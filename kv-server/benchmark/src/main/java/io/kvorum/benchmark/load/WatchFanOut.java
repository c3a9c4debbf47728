/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.PutResponse;

/**
 * One writer and many watchers of one key. The writer never runs more than
 * {@link #WINDOW} writes ahead of the deliveries, so that the figure is what the server
 * can sustain and not the size of its buffers. The latency of an event is the time from
 * the start of its put.
 */
final class WatchFanOut {

    static final ByteString KEY = ByteString.copyFromUtf8("bench-watched");

    private static final int WINDOW = 16;

    private static final int STREAMS_PER_CHANNEL = 4;

    private static final long PATIENCE_SECONDS = 30;

    private final LoadPlan plan;

    private final Connections connections;

    private final Recording recording = new Recording();

    private final CountDownLatch created;

    private final AtomicLong sent = new AtomicLong();

    private final AtomicLong delivered = new AtomicLong();

    private final AtomicBoolean putInFlight = new AtomicBoolean(true);

    WatchFanOut(LoadPlan plan, Connections connections) {
        this.plan = plan;
        this.connections = connections;
        this.created = new CountDownLatch(plan.clients());
    }

    RunResult run(MeasuredPhase phase) {
        int streams = Math.min(this.plan.clients(), STREAMS_PER_CHANNEL * this.connections.size());
        for (int i = 0; i < streams; i++) {
            int watchers = this.plan.clients() / streams + ((i < this.plan.clients() % streams) ? 1 : 0);
            WatchStream stream = new WatchStream(watchers, this);
            stream.open(this.connections.call(i, Delivery.METHOD));
        }
        awaitCreated();
        this.recording.start(this.plan);
        this.putInFlight.set(false);
        write();
        this.recording.passPhases(phase);
        awaitDeliveries();
        return this.recording.result(this.plan);
    }

    void created() {
        this.created.countDown();
    }

    void delivered(long sentNanos, long nowNanos) {
        this.recording.success(sentNanos, nowNanos);
    }

    void deliveredAll(int events) {
        this.delivered.addAndGet(events);
        write();
    }

    void broken(String what) {
        this.recording.failure(what);
    }

    private void write() {
        long ahead = this.sent.get() * this.plan.clients() - this.delivered.get();
        if (this.recording.stopped() || ahead >= (long) WINDOW * this.plan.clients()
                || !this.putInFlight.compareAndSet(false, true)) {
            return;
        }
        this.sent.incrementAndGet();
        byte[] value = new byte[this.plan.data().valueSizeBytes()];
        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).putLong(System.nanoTime());
        Call<PutRequest, PutResponse> put = new Call<>(KVGrpc.getPutMethod(),
                PutRequest.newBuilder().setKey(KEY).setValue(UnsafeByteOperations.unsafeWrap(value)).build(),
                (answer) -> answer.getHeader().getRevision() > 0);
        UnaryListener.start(this.connections.call(0, put.method()), put, this::written);
    }

    private void written(Status status) {
        if (!status.isOk()) {
            this.recording.failure(status);
        }
        this.putInFlight.set(false);
        write();
    }

    private void awaitCreated() {
        try {
            if (!this.created.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(this.created.getCount() + " watchers were not created");
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while watchers were created", ex);
        }
    }

    /** Nothing may be lost: every watcher gets every write. */
    private void awaitDeliveries() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (missing() != 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        if (missing() != 0) {
            throw new IllegalStateException(missing() + " events were not delivered");
        }
    }

    private long missing() {
        return this.sent.get() * this.plan.clients() - this.delivered.get();
    }

}
