/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.etcd3.HttpPipeline;

/**
 * The endpoints that etcd has for people, probes and monitoring: {@code /version},
 * {@code /health}, {@code /livez}, {@code /readyz} and {@code /metrics}. Any thread.
 */
public final class HttpEndpoints implements HttpPipeline {

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpLimits limits;

    private final Map<String, Endpoint> endpoints = new HashMap<>();

    /**
     * Creates the endpoints of a member.
     * @param node the member
     * @param metrics its metrics; the counters of health checks are added
     * @param limits what a connection may cost
     */
    public HttpEndpoints(KvNode node, Metrics metrics, HttpLimits limits) {
        this.limits = limits;
        HealthChecks checks = new HealthChecks(node, limits.checkTimeout());
        CheckMetrics checkMetrics = new CheckMetrics(metrics);
        this.endpoints.put("/version", new VersionEndpoint(node));
        this.endpoints.put("/health", new HealthEndpoint(checks, metrics));
        this.endpoints.put("/metrics",
                (query) -> CompletableFuture.completedFuture(Answer.ok(METRICS_TYPE, metrics.text())));
        CheckEndpoint.install(this.endpoints, "livez", checks.livez(), checkMetrics);
        CheckEndpoint.install(this.endpoints, "readyz", checks.readyz(), checkMetrics);
    }

    @Override
    public void install(ChannelPipeline pipeline) {
        HttpDecoderConfig decoder = new HttpDecoderConfig().setMaxInitialLineLength(this.limits.maxHeaderBytes())
            .setMaxHeaderSize(this.limits.maxHeaderBytes());
        pipeline.addLast(new SlowClientGuard(this.limits));
        pipeline.addLast(new HttpServerCodec(decoder));
        pipeline.addLast(new HttpObjectAggregator(this.limits.maxBodyBytes()));
        pipeline.addLast(new RequestHandler(this.endpoints));
    }

}
