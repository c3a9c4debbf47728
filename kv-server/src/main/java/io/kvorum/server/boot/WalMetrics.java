/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import io.kvorum.server.metrics.Counter;
import io.kvorum.server.metrics.Histogram;
import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.raft.disk.DiskMetrics;

/** What the Raft log does to the disk. */
final class WalMetrics implements DiskMetrics {

    private final Histogram fsyncSeconds;

    private final Counter writtenBytes;

    WalMetrics(Metrics metrics) {
        this.fsyncSeconds = metrics.histogram("etcd_disk_wal_fsync_duration_seconds",
                "How long the disk took to make entries of the Raft log durable.", Histogram.exponential(0.001, 2, 14));
        this.writtenBytes = metrics.counter("etcd_disk_wal_write_bytes_total", "Bytes appended to the Raft log.");
    }

    @Override
    public void synced(long nanos) {
        this.fsyncSeconds.observeNanos(nanos);
    }

    @Override
    public void written(long sizeBytes) {
        this.writtenBytes.add(sizeBytes);
    }

}
