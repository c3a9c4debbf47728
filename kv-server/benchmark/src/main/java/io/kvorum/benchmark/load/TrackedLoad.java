/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;

/**
 * Writers that keep going through the death of a member, the largest gap between two of
 * their acknowledged writes, and the proof that none of these writes is lost. One event
 * loop runs all writers; the other methods are for one more thread.
 */
public final class TrackedLoad implements AutoCloseable {

    /** Beginning of all keys; the number of the writer and of the write follow. */
    public static final String PREFIX = "tracked/";

    private static final ByteString VALUE = ByteString.copyFrom(new byte[256]);

    private final Connections connections;

    private final Duration think;

    private final List<TrackedWriter> writers = new ArrayList<>();

    private final CountDownLatch left;

    private volatile boolean stopped;

    private volatile long count;

    private volatile long lastNanos;

    private volatile long longestGapNanos;

    /**
     * Starts the writers.
     * @param endpoints host and port of each member
     * @param writers how many
     * @param think pause of a writer after each acknowledged write
     */
    public TrackedLoad(List<String> endpoints, int writers, Duration think) {
        this.connections = new Connections(endpoints, 1, 1);
        this.think = think;
        this.left = new CountDownLatch(writers);
        this.lastNanos = System.nanoTime();
        for (int i = 0; i < writers; i++) {
            TrackedWriter writer = new TrackedWriter(i, this);
            this.writers.add(writer);
            this.connections.schedule(writer::next, Duration.ZERO);
        }
    }

    static ByteString key(int writer, int sequence) {
        return ByteString.copyFrom(PREFIX + writer + "/" + sequence, StandardCharsets.US_ASCII);
    }

    Connections connections() {
        return this.connections;
    }

    ByteString value() {
        return VALUE;
    }

    Duration think() {
        return this.think;
    }

    /** Whether a writer must stop; counts those that do. */
    boolean leave() {
        if (this.stopped) {
            this.left.countDown();
        }
        return this.stopped;
    }

    /**
     * Only the event loop writes these fields, so that read and write need not be one
     * step.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void acknowledged(long nowNanos) {
        this.longestGapNanos = Math.max(this.longestGapNanos, nowNanos - this.lastNanos);
        this.lastNanos = nowNanos;
        this.count++;
    }

    /** Forgets gaps; call just before a member is killed. */
    public void forgetGaps() {
        this.connections.runAndWait(() -> this.longestGapNanos = 0);
    }

    /**
     * The longest gap between two acknowledged writes since {@link #forgetGaps()}.
     * @return the gap
     */
    public Duration longestGap() {
        return Duration.ofNanos(this.longestGapNanos);
    }

    /**
     * Acknowledged writes so far.
     * @return the number
     */
    public long count() {
        return this.count;
    }

    /** Lets connections to a member that was dead be tried at once. */
    public void reconnect() {
        this.connections.reconnect();
    }

    /**
     * Ends the load and says what was acknowledged.
     * @return for each writer, the numbers of its acknowledged writes
     */
    public List<BitSet> stop() {
        this.stopped = true;
        try {
            if (!this.left.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(this.left.getCount() + " writers did not stop");
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writers stopped", ex);
        }
        return this.writers.stream().map(TrackedWriter::acknowledgedWrites).toList();
    }

    @Override
    public void close() {
        this.stopped = true;
        this.connections.close();
    }

}
