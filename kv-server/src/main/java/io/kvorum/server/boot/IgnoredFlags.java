/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.List;

import static io.kvorum.server.boot.FlagType.COUNT;
import static io.kvorum.server.boot.FlagType.DURATION;
import static io.kvorum.server.boot.FlagType.NUMBER;
import static io.kvorum.server.boot.FlagType.SWITCH;
import static io.kvorum.server.boot.FlagType.TEXT;

/**
 * Flags of etcd that tune something that works differently here. Going without is safe.
 */
final class IgnoredFlags {

    private static final String ENGINE = "the storage engine here has no such setting";

    private static final String TRANSPORT = "the transport between members here has no such setting";

    private static final String LOGGING = "logging is configured through logging.* properties";

    private static final String TRACING = "there is no distributed tracing yet";

    private static final String CHECKS = "there is no such check between members yet";

    private static final String OLD = "etcd itself dropped it";

    static final List<Flag> ALL = List.of(
    // @formatter:off
        Flag.ignored("initial-election-tick-advance", SWITCH, "elections here do not count ticks"),
        Flag.ignored("max-snapshots", COUNT, "one snapshot is kept"),
        Flag.ignored("max-wals", COUNT, "the Raft log is shortened after each snapshot"),
        Flag.ignored("backend-batch-interval", DURATION, ENGINE),
        Flag.ignored("backend-batch-limit", NUMBER, ENGINE),
        Flag.ignored("backend-bbolt-freelist-type", TEXT, ENGINE),
        Flag.ignored("memory-mlock", SWITCH, ENGINE),
        Flag.ignored("bootstrap-defrag-threshold-megabytes", COUNT, ENGINE),
        Flag.ignored("compaction-batch-limit", NUMBER, ENGINE),
        Flag.ignored("compaction-sleep-interval", DURATION, ENGINE),
        Flag.ignored("experimental-compaction-batch-limit", NUMBER, ENGINE),
        Flag.ignored("experimental-backend-bbolt-freelist-type", TEXT, ENGINE),
        Flag.ignored("raft-read-timeout", DURATION, TRANSPORT),
        Flag.ignored("raft-write-timeout", DURATION, TRANSPORT),
        Flag.ignored("socket-reuse-port", SWITCH, "a port belongs to one process here"),
        Flag.ignored("socket-reuse-address", SWITCH, "it is always on here"),
        Flag.ignored("max-learners", COUNT, "there are no learners yet"),
        Flag.ignored("logger", TEXT, LOGGING),
        Flag.ignored("log-outputs", TEXT, LOGGING),
        Flag.ignored("log-output", TEXT, LOGGING),
        Flag.ignored("log-format", TEXT, LOGGING),
        Flag.ignored("log-package-levels", TEXT, LOGGING),
        Flag.ignored("debug", SWITCH, "use --log-level=debug"),
        Flag.ignored("enable-log-rotation", SWITCH, LOGGING),
        Flag.ignored("log-rotation-config-json", TEXT, LOGGING),
        Flag.ignored("enable-pprof", SWITCH, "there is no Go runtime to profile"),
        Flag.ignored("metrics", TEXT, "all metrics are always there"),
        Flag.ignored("enable-distributed-tracing", SWITCH, TRACING),
        Flag.ignored("distributed-tracing-address", TEXT, TRACING),
        Flag.ignored("distributed-tracing-service-name", TEXT, TRACING),
        Flag.ignored("distributed-tracing-instance-id", TEXT, TRACING),
        Flag.ignored("distributed-tracing-sampling-rate", NUMBER, TRACING),
        Flag.ignored("enable-grpc-gateway", SWITCH, "the JSON gateway does not exist yet"),
        Flag.ignored("corrupt-check-time", DURATION, CHECKS),
        Flag.ignored("compact-hash-check-time", DURATION, CHECKS),
        Flag.ignored("experimental-corrupt-check-time", DURATION, CHECKS),
        Flag.ignored("experimental-initial-corrupt-check", SWITCH, CHECKS),
        Flag.ignored("downgrade-check-time", DURATION, "there is no downgrade between versions yet"),
        Flag.ignored("warning-apply-duration", DURATION, "slow requests are counted, not logged"),
        Flag.ignored("warning-unary-request-duration", DURATION, "slow requests are counted, not logged"),
        Flag.ignored("experimental-enable-lease-checkpoint", SWITCH, "it is always on here"),
        Flag.ignored("feature-gates", TEXT, "there are no feature gates"),
        Flag.ignored("auth-token-ttl", COUNT, "there is no authentication yet"),
        Flag.ignored("bcrypt-cost", COUNT, "there is no authentication yet"),
        Flag.ignored("tls-min-version", TEXT, "there is no TLS yet"),
        Flag.ignored("tls-max-version", TEXT, "there is no TLS yet"),
        Flag.ignored("self-signed-cert-validity", COUNT, "there is no TLS yet"),
        Flag.ignored("discovery-fallback", TEXT, "there is no discovery to fall back from"),
        Flag.ignored("proxy-failure-wait", COUNT, OLD),
        Flag.ignored("proxy-refresh-interval", COUNT, OLD),
        Flag.ignored("proxy-dial-timeout", COUNT, OLD),
        Flag.ignored("proxy-write-timeout", COUNT, OLD),
        Flag.ignored("proxy-read-timeout", COUNT, OLD),
        Flag.ignored("cluster-active-size", TEXT, OLD),
        Flag.ignored("cluster-remove-delay", TEXT, OLD),
        Flag.ignored("cluster-sync-interval", TEXT, OLD),
        Flag.ignored("config", TEXT, OLD),
        Flag.ignored("force", TEXT, OLD),
        Flag.ignored("max-result-buffer", TEXT, OLD),
        Flag.ignored("max-retry-attempts", TEXT, OLD),
        Flag.ignored("peer-heartbeat-interval", TEXT, OLD),
        Flag.ignored("peer-election-timeout", TEXT, OLD),
        Flag.ignored("retry-interval", TEXT, OLD),
        Flag.ignored("snapshot", TEXT, OLD)
    // @formatter:on
    );

    private IgnoredFlags() {
    }

}
