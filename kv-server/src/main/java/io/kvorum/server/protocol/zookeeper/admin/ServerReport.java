/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The state of a server. Blocks. */
final class ServerReport {

    private final Facts facts;

    private final TreeCensus census;

    ServerReport(Facts facts, TreeCensus census) {
        this.facts = facts;
        this.census = census;
    }

    /** What {@code srvr} and {@code stat} print behind the version. */
    String asText() {
        PortView port = this.facts.port();
        PortStatistics statistics = port.statistics();
        Latencies.Summary latency = statistics.latency().summary();
        return "Latency min/avg/max: " + latency.min() + "/" + latency.mean() + "/" + latency.max() + "\nReceived: "
                + statistics.receivedSinceReset() + "\nSent: " + statistics.sentSinceReset() + "\nConnections: "
                + port.connections().size() + "\nOutstanding: " + statistics.outstanding() + "\nZxid: 0x"
                + Long.toHexString(this.facts.source().revision()) + "\nMode: "
                + this.facts.servers().mode(port.isReadOnly()) + "\nNode count: " + this.census.count().znodes() + "\n";
    }

    Report asJson() {
        Map<String, @Nullable Object> sizes = responseSizes();
        return new Report().with("version", Environment.VERSION)
            .with("read_only", this.facts.port().isReadOnly())
            .with("server_stats", statistics(sizes).values())
            .with("client_response", sizes)
            .with("node_count", this.census.count().znodes());
    }

    private Report statistics(Map<String, @Nullable Object> sizes) {
        PortView port = this.facts.port();
        PortStatistics statistics = port.statistics();
        Latencies.Summary latency = statistics.latency().summary();
        PortDescription description = this.facts.description().get();
        return new Report().with("packets_sent", statistics.sentSinceReset())
            .with("packets_received", statistics.receivedSinceReset())
            .with("client_response_stats", sizes)
            .with("provider_null", false)
            .with("server_state", this.facts.servers().mode(port.isReadOnly()))
            .with("outstanding_requests", statistics.outstanding())
            .with("min_latency", latency.min())
            .with("avg_latency", latency.mean())
            .with("max_latency", latency.max())
            .with("data_dir_size", ConfigurationReport.sizeOf(description.dataDirectory()))
            .with("log_dir_size", ConfigurationReport.sizeOf(description.logDirectory()))
            .with("last_processed_zxid", this.facts.source().revision())
            .with("num_alive_client_connections", port.connections().size())
            .with("uptime", statistics.uptimeMillis())
            .with("auth_failed_count", statistics.failedAuthentications());
    }

    private Map<String, @Nullable Object> responseSizes() {
        Sizes.Summary sizes = this.facts.port().statistics().responseSizes();
        return new Report().with("last_buffer_size", sizes.last())
            .with("min_buffer_size", sizes.min())
            .with("max_buffer_size", sizes.max())
            .values();
    }

}
