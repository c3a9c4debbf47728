/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.kvorum.server.common.Clock;
import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.node.Cluster;
import io.kvorum.server.protocol.zookeeper.TransientZnodes;

/** Where ZooKeeper clients and their operators connect. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ZookeeperProperties.class, ZookeeperLimitProperties.class,
        ZookeeperTlsProperties.class, ZookeeperTransientProperties.class, ZookeeperAuthProperties.class })
class ZookeeperConfiguration {

    @Bean
    ZookeeperPort zookeeperPort(RunningNode running, ZookeeperPort.Place place, ZookeeperPort.Settings settings,
            ObjectProvider<SslBundles> bundles, Metrics metrics) {
        ZookeeperPort port = ZookeeperPort.open(running.node(), place, settings, bundles::getObject);
        if (port.server() != null) {
            ZookeeperMetrics.register(metrics, port.server());
        }
        return port;
    }

    @Bean
    ZookeeperPort.Place zookeeperPlace(MemberProperties member, DataDirectory directory) {
        return new ZookeeperPort.Place(member.clientListeners().get(0).socketAddress().getAddress(), directory);
    }

    @Bean
    ZookeeperPort.Settings zookeeperSettings(ZookeeperProperties port, ZookeeperLimitProperties limits,
            ZookeeperTlsProperties tls, ZookeeperAuthProperties auth) {
        return new ZookeeperPort.Settings(port, limits, tls, auth);
    }

    /** Also without a port for ZooKeeper clients: other members may have one. */
    @Bean
    TransientZnodes transientZnodes(RunningNode running, ZookeeperTransientProperties properties) {
        Cluster cluster = running.node().cluster();
        TransientZnodes znodes = new TransientZnodes(running.node(), () -> cluster.leader().equals(cluster.self()),
                properties.settings(), Clock.SYSTEM);
        znodes.start();
        return znodes;
    }

    /** Spring's bundles are looked for only when somebody needs one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("kv.server.zookeeper.ssl-bundle")
    @Import(SslAutoConfiguration.class)
    static class Tls {

    }

}
