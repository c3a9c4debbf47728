/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.lang.management.ManagementFactory;
import java.util.function.ToDoubleFunction;

import com.sun.management.UnixOperatingSystemMXBean;

import io.kvorum.server.metrics.Labels;
import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.protocol.zookeeper.ZookeeperServer;
import io.kvorum.server.protocol.zookeeper.admin.PortStatistics;
import io.kvorum.server.protocol.zookeeper.admin.PortView;
import io.kvorum.server.protocol.zookeeper.admin.RequestTimes;
import io.kvorum.server.protocol.zookeeper.admin.TreeCensus;

/** The ZooKeeper port under the names that ZooKeeper's Prometheus exporter uses. */
final class ZookeeperMetrics {

    private static final double[] QUANTILES = { 0.5, 0.9, 0.99 };

    private ZookeeperMetrics() {
    }

    static void register(Metrics metrics, ZookeeperServer server) {
        PortView port = server.view();
        registerTraffic(metrics, port.statistics());
        registerTimes(metrics, port.statistics());
        metrics.gauge("num_alive_connections", "Connections of ZooKeeper clients.", () -> port.connections().size());
        metrics.gauge("watch_count", "Watches of ZooKeeper clients.",
                () -> port.connections()
                    .stream()
                    .mapToDouble((connection) -> connection.dataWatchCount() + connection.childWatchCount())
                    .sum());
        metrics.gauge("uptime", "Milliseconds since the ZooKeeper port was opened.",
                () -> (double) port.statistics().uptimeMillis());
        registerTree(metrics, server);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            metrics.gauge("open_file_descriptor_count", "File descriptors in use.",
                    () -> (double) system.getOpenFileDescriptorCount());
            metrics.gauge("max_file_descriptor_count", "File descriptors allowed.",
                    () -> (double) system.getMaxFileDescriptorCount());
        }
    }

    private static void registerTraffic(Metrics metrics, PortStatistics statistics) {
        metrics.gauge("outstanding_requests", "Requests of ZooKeeper clients that wait for an answer.",
                () -> (double) statistics.outstanding());
        metrics.counter("packets_received", "Requests of ZooKeeper clients.", statistics::received);
        metrics.counter("packets_sent", "Answers and events for ZooKeeper clients.", statistics::sent);
        metrics.counter("bytes_received_count", "Bytes from ZooKeeper clients.", statistics::receivedBytes);
        metrics.counter("response_bytes", "Bytes for ZooKeeper clients.", statistics::sentBytes);
        metrics.counter("connection_request_count", "Handshakes of ZooKeeper clients.", statistics::handshakes);
        metrics.counter("auth_failed_count", "Attempts of ZooKeeper clients to show who they are that failed.",
                statistics::failedAuthentications);
        metrics.counter("connection_rejected", "Connections of ZooKeeper clients that were too many.",
                statistics::rejectedConnections);
        metrics.counter("sessionless_connections_expired", "Connections to the ZooKeeper port without a handshake.",
                statistics::abandonedConnections);
    }

    private static void registerTimes(Metrics metrics, PortStatistics statistics) {
        RequestTimes all = statistics.latency();
        metrics.gauge("avg_latency", "Mean time to an answer in milliseconds.", () -> all.summary().mean());
        metrics.gauge("min_latency", "Shortest time to an answer in milliseconds.", () -> (double) all.summary().min());
        metrics.gauge("max_latency", "Longest time to an answer in milliseconds.", () -> (double) all.summary().max());
        registerSummary(metrics, "readlatency", "Milliseconds to the answer of a read.", statistics.readLatency());
        registerSummary(metrics, "updatelatency", "Milliseconds to the answer of a write.", statistics.updateLatency());
    }

    private static void registerSummary(Metrics metrics, String name, String help, RequestTimes times) {
        metrics.gauges(name, help, (values) -> {
            for (double quantile : QUANTILES) {
                values.add(Labels.of("quantile", Double.toString(quantile)), (double) times.percentiles().at(quantile));
            }
        });
        metrics.counter(name + "_count", help, times::totalCount);
        metrics.counter(name + "_sum", help, times::totalSum);
    }

    /**
     * What is not counted yet is left out; the count is on its way to the next reader.
     */
    private static void registerTree(Metrics metrics, ZookeeperServer server) {
        registerCount(metrics, server, "znode_count", "Znodes.", TreeCensus.Count::znodes);
        registerCount(metrics, server, "ephemerals_count", "Ephemeral znodes.", TreeCensus.Count::ephemerals);
        registerCount(metrics, server, "approximate_data_size", "Bytes of paths and data of znodes.",
                TreeCensus.Count::dataBytes);
        registerCount(metrics, server, "global_sessions", "ZooKeeper sessions of the cluster.",
                TreeCensus.Count::sessions);
    }

    private static void registerCount(Metrics metrics, ZookeeperServer server, String name, String help,
            ToDoubleFunction<TreeCensus.Count> value) {
        metrics.gauges(name, help, (values) -> {
            TreeCensus.Count count = server.recentCount();
            if (count != null) {
                values.add(Labels.NONE, value.applyAsDouble(count));
            }
        });
    }

}
