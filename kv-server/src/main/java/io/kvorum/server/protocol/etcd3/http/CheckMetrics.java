/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kvorum.server.metrics.Counter;
import io.kvorum.server.metrics.Labelled;
import io.kvorum.server.metrics.Labels;
import io.kvorum.server.metrics.Metrics;

/** Results of the checks behind {@code /livez} and {@code /readyz}. Any thread. */
final class CheckMetrics {

    private final Map<Labels, Boolean> latest = new ConcurrentHashMap<>();

    private final Labelled<Counter> total;

    CheckMetrics(Metrics metrics) {
        metrics.gauges("etcd_server_healthcheck", "Latest result of each check: 1 if nothing was wrong.",
                (values) -> this.latest.forEach((labels, success) -> values.add(labels, success ? 1 : 0)));
        this.total = metrics.counters("etcd_server_healthchecks_total", "Results of each check.", "type", "name",
                "status");
    }

    void record(String type, String name, boolean success) {
        this.latest.put(new Labels(List.of("type", "name"), List.of(type, name)), success);
        this.total.with(type, name, success ? "success" : "error").increment();
    }

}
