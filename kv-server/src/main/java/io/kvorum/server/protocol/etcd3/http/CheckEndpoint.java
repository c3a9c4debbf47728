/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Answers {@code /livez} and {@code /readyz}, which run several checks, and the paths
 * below them, which run one.
 */
final class CheckEndpoint implements Endpoint {

    private final String type;

    private final Map<String, HealthChecks.Check> checks;

    private final CheckMetrics metrics;

    private CheckEndpoint(String type, Map<String, HealthChecks.Check> checks, CheckMetrics metrics) {
        this.type = type;
        this.checks = checks;
        this.metrics = metrics;
    }

    static void install(Map<String, Endpoint> endpoints, String type, Map<String, HealthChecks.Check> checks,
            CheckMetrics metrics) {
        endpoints.put("/" + type, new CheckEndpoint(type, checks, metrics));
        checks.forEach((name, check) -> endpoints.put("/" + type + "/" + name,
                new CheckEndpoint(type, Map.of(name, check), metrics)));
    }

    @Override
    public CompletableFuture<Answer> get(Map<String, List<String>> query) {
        Map<String, CompletableFuture<Optional<String>>> results = new LinkedHashMap<>();
        this.checks.forEach((name, check) -> {
            if (!query.getOrDefault("exclude", List.of()).contains(name)) {
                results.put(name, check.run());
            }
        });
        return CompletableFuture.allOf(results.values().toArray(new CompletableFuture<?>[0]))
            .thenApply((done) -> answer(results, query.containsKey("verbose")));
    }

    private Answer answer(Map<String, CompletableFuture<Optional<String>>> results, boolean verbose) {
        StringBuilder report = new StringBuilder();
        boolean failed = false;
        for (Map.Entry<String, CompletableFuture<Optional<String>>> result : results.entrySet()) {
            Optional<String> problem = result.getValue().join();
            failed |= problem.isPresent();
            this.metrics.record(this.type, result.getKey(), problem.isEmpty());
            report
                .append(problem.map((text) -> "[-]" + result.getKey() + " failed: " + text)
                    .orElse("[+]" + result.getKey() + " ok"))
                .append('\n');
        }
        if (failed) {
            return Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, report.toString());
        }
        return Answer.ok(Answer.TEXT, (verbose ? report : "") + "ok\n");
    }

}
