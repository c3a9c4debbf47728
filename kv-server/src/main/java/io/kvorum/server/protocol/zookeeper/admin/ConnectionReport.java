/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The connections of a port, one by one. */
final class ConnectionReport {

    private final PortView port;

    ConnectionReport(PortView port) {
        this.port = port;
    }

    /** One line for each connection, as {@code stat} and {@code cons} print them. */
    String asText(boolean brief) {
        StringBuilder text = new StringBuilder();
        for (ConnectionView connection : this.port.connections()) {
            text.append(' ').append(connection.remoteAddress());
            ConnectionStatistics.Snapshot numbers = connection.statistics().snapshot();
            text.append('[').append(Integer.toHexString(connection.interestOps())).append("](queued=");
            text.append(numbers.outstanding()).append(",recved=").append(numbers.received());
            text.append(",sent=").append(numbers.sent());
            if (!brief && connection.sessionId() != 0) {
                appendSession(text, connection, numbers);
            }
            text.append(")\n");
        }
        return text.append('\n').toString();
    }

    List<Map<String, @Nullable Object>> asJson(boolean secure, boolean brief) {
        return this.port.connections()
            .stream()
            .filter((connection) -> connection.isSecure() == secure && connection.sessionId() != 0)
            .map((connection) -> asJson(connection, brief).values())
            .toList();
    }

    void reset() {
        this.port.connections().forEach((connection) -> connection.statistics().reset());
    }

    private static void appendSession(StringBuilder text, ConnectionView connection,
            ConnectionStatistics.Snapshot numbers) {
        ConnectionStatistics.Last last = numbers.last();
        text.append(",sid=0x").append(Long.toHexString(connection.sessionId()));
        text.append(",lop=").append(last.operation());
        text.append(",est=").append(numbers.establishedMillis());
        text.append(",to=").append(connection.timeoutMillis());
        if (last.cxid() >= 0) {
            text.append(",lcxid=0x").append(Long.toHexString(last.cxid()));
        }
        text.append(",lzxid=0x").append(Long.toHexString(last.zxid()));
        text.append(",lresp=").append(last.responseMillis());
        text.append(",llat=").append(last.latency());
        text.append(",minlat=").append(numbers.latency().min());
        text.append(",avglat=").append((long) numbers.latency().mean());
        text.append(",maxlat=").append(numbers.latency().max());
    }

    private static Report asJson(ConnectionView connection, boolean brief) {
        ConnectionStatistics.Snapshot numbers = connection.statistics().snapshot();
        InetSocketAddress remote = connection.remoteAddress();
        Report report = new Report()
            .with("remote_socket_address", remote.getAddress().getHostAddress() + ":" + remote.getPort())
            .with("interest_ops", connection.interestOps())
            .with("outstanding_requests", numbers.outstanding())
            .with("packets_received", numbers.received())
            .with("packets_sent", numbers.sent());
        if (!brief) {
            ConnectionStatistics.Last last = numbers.last();
            report.with("session_id", connection.sessionId())
                .with("last_operation", last.operation())
                .with("established", numbers.establishedMillis())
                .with("session_timeout", connection.timeoutMillis())
                .with("last_cxid", last.cxid())
                .with("last_zxid", last.zxid())
                .with("last_response_time", last.responseMillis())
                .with("last_latency", last.latency())
                .with("min_latency", numbers.latency().min())
                .with("avg_latency", (long) numbers.latency().mean())
                .with("max_latency", numbers.latency().max());
        }
        return report;
    }

}
