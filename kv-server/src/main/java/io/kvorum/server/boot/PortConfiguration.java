/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.grpc.BindableService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.kvorum.server.common.EtcdVersion;
import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.protocol.etcd3.Etcd3Server;
import io.kvorum.server.protocol.etcd3.Etcd3Settings;
import io.kvorum.server.protocol.etcd3.GrpcMetrics;
import io.kvorum.server.protocol.etcd3.http.HttpEndpoints;
import io.kvorum.server.protocol.etcd3.http.HttpLimits;
import io.kvorum.server.protocol.etcd3.http.HttpServer;
import io.kvorum.server.protocol.etcd3.recipe.ElectionService;
import io.kvorum.server.protocol.etcd3.recipe.LockService;
import io.kvorum.server.protocol.etcd3.watch.WatchService;
import io.kvorum.server.protocol.etcd3.watch.WatchSettings;

/** What clients and monitoring talk to. */
@Configuration(proxyBeanMethods = false)
class PortConfiguration {

    /** Longer than any connection lives, which is how the transport is told "never". */
    private static final Duration NEVER = Duration.ofDays(10_000);

    @Bean
    HttpEndpoints httpEndpoints(RunningNode running, Metrics metrics) {
        return new HttpEndpoints(running.node(), metrics, HttpLimits.DEFAULTS);
    }

    @Bean
    WatchService watchService(RunningNode running, LimitProperties limits, RaftProperties raft) {
        WatchSettings defaults = WatchSettings.DEFAULTS;
        return new WatchService(running.node(), new WatchSettings(limits.maxRequestBytes(), defaults.maxResponseBytes(),
                defaults.streamBufferBytes(), limits.watchProgressNotifyInterval(), raft.electionTimeout()));
    }

    @Bean
    Etcd3Server clientPort(RunningNode running, WatchService watches, HttpEndpoints http, MemberProperties member,
            LimitProperties limits, RaftProperties raft, Metrics metrics) {
        List<BindableService> services = List.of(watches, new LockService(running.node(), limits.maxRequestBytes()),
                new ElectionService(running.node(), limits.maxRequestBytes()));
        Etcd3Server server = new Etcd3Server(running.node(), settings(member, limits, raft), services,
                List.of(new GrpcMetrics(metrics)), http);
        try {
            server.start();
            return server;
        }
        catch (IOException ex) {
            throw SettingException.invalid("--listen-client-urls=" + member.listenClientUrls() + ": " + reason(ex));
        }
    }

    @Bean
    HttpServer metricsPorts(HttpEndpoints http, MemberProperties member) {
        HttpServer server = new HttpServer(http);
        for (Url url : member.metricsListeners()) {
            try {
                server.listen(url.socketAddress());
            }
            catch (IOException ex) {
                server.close();
                throw SettingException.invalid("--listen-metrics-urls=" + url.text() + ": " + reason(ex));
            }
        }
        return server;
    }

    private static Etcd3Settings settings(MemberProperties member, LimitProperties limits, RaftProperties raft) {
        List<Etcd3Settings.Listener> listeners = member.clientListeners()
            .stream()
            .map((url) -> new Etcd3Settings.Listener(url.socketAddress(), null))
            .toList();
        Etcd3Settings defaults = Etcd3Settings.defaults(listeners.get(0).address());
        Etcd3Settings.Limits rest = defaults.limits();
        return new Etcd3Settings(listeners,
                new Etcd3Settings.Limits(limits.maxRequestBytes(), limits.maxTxnOps(),
                        (int) Math.min(limits.maxConcurrentStreams(), Integer.MAX_VALUE), rest.maxConnections(),
                        rest.maxKeepAlivesInFlight(), rest.firstBytes(), rest.snapshotStall()),
                new Etcd3Settings.KeepAlive(limits.grpcKeepaliveMinTime(), orNever(limits.grpcKeepaliveInterval()),
                        orNever(limits.grpcKeepaliveTimeout()), raft.electionTimeout()),
                defaults.ioThreads(), EtcdVersion.SERVER, defaults.shutdownGrace());
    }

    private static Duration orNever(Duration duration) {
        return duration.isZero() ? NEVER : duration;
    }

    /** The operating system's words, without those of the layers between. */
    private static String reason(IOException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

}
