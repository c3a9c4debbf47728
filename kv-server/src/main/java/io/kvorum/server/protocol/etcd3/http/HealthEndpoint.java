/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.netty.handler.codec.http.HttpResponseStatus;

import io.kvorum.server.metrics.Counter;
import io.kvorum.server.metrics.Metrics;

/** Answers {@code /health}. */
final class HealthEndpoint implements Endpoint {

    private final HealthChecks checks;

    private final Counter successes;

    private final Counter failures;

    HealthEndpoint(HealthChecks checks, Metrics metrics) {
        this.checks = checks;
        this.successes = metrics.counter("etcd_server_health_success", "Calls of /health that found nothing wrong.");
        this.failures = metrics.counter("etcd_server_health_failures", "Calls of /health that found something wrong.");
    }

    @Override
    public CompletableFuture<Answer> get(Map<String, List<String>> query) {
        boolean serializable = query.getOrDefault("serializable", List.of("")).get(0).equals("true");
        return this.checks.health(Set.copyOf(query.getOrDefault("exclude", List.of())), serializable)
            .thenApply((problem) -> {
                (problem.isEmpty() ? this.successes : this.failures).increment();
                String body = "{\"health\":\"" + problem.isEmpty() + "\",\"reason\":\""
                        + problem.map(HealthEndpoint::escape).orElse("") + "\"}";
                return problem.isEmpty() ? Answer.ok(Answer.TEXT, body)
                        : Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, body);
            });
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
    }

}
