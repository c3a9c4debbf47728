/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.node.Maintenance;
import io.kvorum.server.node.ReplicatedNode;
import io.kvorum.server.protocol.etcd3.watch.WatchService;
import io.kvorum.server.store.MvccStore;
import io.kvorum.server.store.StoreCounters;
import io.kvorum.server.watch.EventHub;

/** How large the state is and who watches it. */
final class StoreMetrics {

    private StoreMetrics() {
    }

    static void register(Metrics metrics, ReplicatedNode node, EventHub hub, WatchService watches) {
        registerSizes(metrics, node);
        metrics.gauge("etcd_debugging_mvcc_watcher_total", "Watchers.", hub::watcherCount);
        metrics.gauge("etcd_debugging_mvcc_watch_stream_total", "Streams that watchers share.", watches::streamCount);
        metrics.gauge("etcd_debugging_mvcc_slow_watcher_total", "Watchers that read history or wait for their clients.",
                hub::slowWatcherCount);
        metrics.counter("etcd_debugging_mvcc_events_total", "Events for watchers.", hub::deliveredEvents);
    }

    /** What was asked of the store. */
    static void register(Metrics metrics, MvccStore store) {
        StoreCounters counters = store.counters();
        metrics.counter("etcd_mvcc_put_total", "Puts, those in transactions included.", counters::puts);
        metrics.counter("etcd_mvcc_delete_total", "Deletions of ranges, those in transactions included.",
                counters::deletes);
        metrics.counter("etcd_mvcc_range_total", "Reads of ranges, those in transactions included.", counters::ranges);
        metrics.counter("etcd_mvcc_txn_total", "Writing transactions of more than one operation.",
                counters::transactions);
        metrics.gauge("etcd_debugging_mvcc_total_put_size_in_bytes", "Bytes of keys and values that were put.",
                () -> (double) counters.putBytes());
        metrics.gauge("etcd_debugging_mvcc_keys_total", "Keys.", () -> (double) store.view().keyCount());
    }

    private static void registerSizes(Metrics metrics, ReplicatedNode node) {
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
    }

}
