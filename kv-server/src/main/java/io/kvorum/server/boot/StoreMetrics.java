/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.node.Maintenance;
import io.kvorum.server.node.ReplicatedNode;
import io.kvorum.server.protocol.etcd3.watch.WatchService;
import io.kvorum.server.watch.EventHub;

/** How large the state is and who watches it. */
final class StoreMetrics {

    private StoreMetrics() {
    }

    static void register(Metrics metrics, ReplicatedNode node, EventHub hub, WatchService watches) {
        Maintenance maintenance = node.maintenance();
        metrics.gauge("etcd_mvcc_db_total_size_in_bytes", "Bytes of the store on disk.",
                () -> (double) maintenance.status().dbSizeBytes());
        metrics.gauge("etcd_mvcc_db_total_size_in_use_in_bytes", "Bytes of the store that hold live data.",
                () -> (double) maintenance.status().dbSizeInUseBytes());
        metrics.gauge("etcd_server_quota_backend_bytes", "Size of the store at which writes stop.",
                () -> (double) maintenance.status().quotaBytes());
        metrics.gauge("etcd_debugging_mvcc_current_revision", "The newest revision.",
                () -> (double) maintenance.status().revision());
        metrics.gauge("etcd_debugging_mvcc_compact_revision", "The oldest readable revision.",
                () -> (double) maintenance.status().compactRevision());
        metrics.gauge("etcd_debugging_mvcc_watcher_total", "Watchers.", hub::watcherCount);
        metrics.gauge("etcd_debugging_mvcc_watch_stream_total", "Streams that watchers share.", watches::streamCount);
    }

}
