/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.concurrent.atomic.AtomicInteger;

import io.kvorum.server.metrics.Histogram;
import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.store.StoreTimings;

/** How long the store's work takes, under etcd's names. */
final class StoreInstruments implements StoreTimings {

    private final Histogram commitSeconds;

    private final Histogram defragmentSeconds;

    private final Histogram imageSeconds;

    private final Histogram hashSeconds;

    private final AtomicInteger defragmenting = new AtomicInteger();

    StoreInstruments(Metrics metrics) {
        this.commitSeconds = metrics.histogram("etcd_disk_backend_commit_duration_seconds",
                "How long it took to write changes to the file of the store.", Histogram.exponential(0.001, 2, 14));
        this.defragmentSeconds = metrics.histogram("etcd_disk_backend_defrag_duration_seconds",
                "How long defragmentations took.", Histogram.exponential(0.1, 2, 13));
        this.imageSeconds = metrics.histogram("etcd_disk_backend_snapshot_duration_seconds",
                "How long it took to send images of the store.", Histogram.exponential(0.01, 2, 17));
        this.hashSeconds = metrics.histogram("etcd_mvcc_hash_duration_seconds",
                "How long it took to compute hashes of the history.", Histogram.exponential(0.01, 2, 15));
        metrics.gauge("etcd_disk_defrag_inflight", "Whether the store is being defragmented: 1 or 0.",
                this.defragmenting::get);
    }

    @Override
    public void committed(long nanos) {
        this.commitSeconds.observeNanos(nanos);
    }

    @Override
    public void defragmenting() {
        this.defragmenting.incrementAndGet();
    }

    @Override
    public void defragmented(long nanos) {
        this.defragmenting.decrementAndGet();
        this.defragmentSeconds.observeNanos(nanos);
    }

    @Override
    public void imageWritten(long nanos) {
        this.imageSeconds.observeNanos(nanos);
    }

    @Override
    public void hashed(long nanos) {
        this.hashSeconds.observeNanos(nanos);
    }

}
