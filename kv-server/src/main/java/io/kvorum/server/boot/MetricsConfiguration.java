/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.metrics.ProcessMetrics;
import io.kvorum.server.protocol.etcd3.watch.WatchService;
import io.kvorum.server.store.MvccStore;
import io.kvorum.server.watch.EventHub;

/** What monitoring reads. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean
    Metrics metrics() {
        Metrics metrics = new Metrics();
        ProcessMetrics.register(metrics);
        return metrics;
    }

    @Bean
    SmartInitializingSingleton memberMetrics(Metrics metrics, RunningNode running, MvccStore store, EventHub hub,
            WatchService watches) {
        return () -> {
            RaftMetrics.register(metrics, running);
            StoreMetrics.register(metrics, running.node(), hub, watches);
            StoreMetrics.register(metrics, store);
        };
    }

}
