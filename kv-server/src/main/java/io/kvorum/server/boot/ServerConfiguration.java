/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What a member is made of. Everything is listed here: nothing is scanned for or
 * configured by what happens to be on the class path, which also makes the start quick.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ MemberProperties.class, ClusterProperties.class, RaftProperties.class,
        StorageProperties.class, LimitProperties.class, TuningProperties.class })
@Import({ EngineConfiguration.class, MetricsConfiguration.class, PortConfiguration.class, ZookeeperConfiguration.class,
        ReadyReport.class })
class ServerConfiguration {

}
