/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.lang.management.ManagementFactory;
import java.util.Collection;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * The values of {@code mntr}, under the names that dashboards read. What this server does
 * not measure is left out rather than invented.
 */
final class MonitorReport {

    private final Facts facts;

    private final TreeCensus census;

    MonitorReport(Facts facts, TreeCensus census) {
        this.facts = facts;
        this.census = census;
    }

    Report values() {
        Servers servers = this.facts.servers();
        PortView port = this.facts.port();
        PortStatistics statistics = port.statistics();
        Report report = new Report().with("version", Environment.VERSION)
            .with("server_state", servers.mode(port.isReadOnly()));
        if (!servers.isStandalone() && !port.isReadOnly()) {
            report.with("peer_state", peerState(servers));
        }
        Latencies.Summary latency = statistics.latency().summary();
        Sizes.Summary sizes = statistics.responseSizes();
        report.with("num_alive_connections", port.connections().size())
            .with("avg_latency", latency.mean())
            .with("min_latency", latency.min())
            .with("max_latency", latency.max())
            .with("outstanding_requests", statistics.outstanding())
            .with("packets_received", statistics.receivedSinceReset())
            .with("packets_sent", statistics.sentSinceReset())
            .with("last_client_response_size", sizes.last())
            .with("min_client_response_size", sizes.min())
            .with("max_client_response_size", sizes.max())
            .with("uptime", statistics.uptimeMillis());
        addTree(report, port.connections());
        addProcess(report);
        if (!servers.isStandalone()) {
            addServers(report, servers);
        }
        return addCounters(report, statistics);
    }

    private void addTree(Report report, Collection<? extends ConnectionView> connections) {
        TreeCensus.Count count = this.census.count();
        int watches = connections.stream()
            .mapToInt((connection) -> connection.dataWatchCount() + connection.childWatchCount())
            .sum();
        report.with("znode_count", count.znodes())
            .with("ephemerals_count", count.ephemerals())
            .with("approximate_data_size", count.dataBytes())
            .with("watch_count", watches)
            .with("global_sessions", count.sessions())
            // Every session here is known to the whole cluster.
            .with("local_sessions", 0);
    }

    private static void addProcess(Report report) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            report.with("open_file_descriptor_count", system.getOpenFileDescriptorCount())
                .with("max_file_descriptor_count", system.getMaxFileDescriptorCount());
        }
    }

    private static void addServers(Report report, Servers servers) {
        report.with("quorum_size", servers.voters().size());
        if (servers.isLeader()) {
            report.with("learners", servers.members().size() - 1);
        }
    }

    private static Report addCounters(Report report, PortStatistics statistics) {
        report.with("auth_failed_count", statistics.failedAuthentications())
            .with("connection_request_count", statistics.handshakes())
            .with("connection_rejected", statistics.rejectedConnections())
            .with("sessionless_connections_expired", statistics.abandonedConnections())
            .with("bytes_received_count", statistics.receivedBytes())
            .with("response_bytes", statistics.sentBytes());
        addSummary(report, "readlatency", statistics.readLatency());
        addSummary(report, "updatelatency", statistics.updateLatency());
        return report;
    }

    private static void addSummary(Report report, String name, RequestTimes times) {
        Latencies.Summary summary = times.summary();
        Percentiles percentiles = times.percentiles();
        report.with("avg_" + name, summary.mean())
            .with("min_" + name, summary.min())
            .with("max_" + name, summary.max())
            .with("cnt_" + name, summary.count())
            .with("sum_" + name, summary.sum())
            .with("p50_" + name, percentiles.at(0.5))
            .with("p95_" + name, percentiles.at(0.95))
            .with("p99_" + name, percentiles.at(0.99))
            .with("p999_" + name, percentiles.at(0.999));
    }

    private static String peerState(Servers servers) {
        String doing = servers.isLeader() ? "leading" : servers.isObserver() ? "observing" : "following";
        return doing + " - broadcast";
    }

}
