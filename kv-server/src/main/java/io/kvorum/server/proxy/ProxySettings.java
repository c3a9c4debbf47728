/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.time.Duration;
import java.util.List;

import io.kvorum.server.protocol.zookeeper.TransientSettings;

/**
 * What a proxy needs to know.
 *
 * @param endpoints hosts and ports of the cluster behind it
 * @param prefix where the tree is in the cluster's key space; ends with a slash
 * @param maxTxnOps most operations that the cluster allows in a transaction
 * @param requestTimeout longest wait for an answer of the cluster
 * @param maxAttempts how often a write is tried against others that change the same
 * znodes, before its client is told to slow down
 * @param cacheBytes most bytes of what is remembered of znodes that were written
 * @param transients how znodes that go by themselves are found
 */
public record ProxySettings(List<String> endpoints, String prefix, int maxTxnOps, Duration requestTimeout,
        int maxAttempts, long cacheBytes, TransientSettings transients) {

    /** Where the tree is unless something else is said. */
    public static final String DEFAULT_PREFIX = "/zk-proxy/";

    /** Copies the list. */
    public ProxySettings {
        endpoints = List.copyOf(endpoints);
    }

}
