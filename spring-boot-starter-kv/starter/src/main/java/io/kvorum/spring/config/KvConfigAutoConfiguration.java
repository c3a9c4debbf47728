/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.kvorum.spring.client.KvClientAutoConfiguration;

/** Follows the configuration that was imported, if any was. */
@AutoConfiguration(after = KvClientAutoConfiguration.class)
@ConditionalOnBean(ConfigSources.class)
@EnableConfigurationProperties(KvConfigProperties.class)
public final class KvConfigAutoConfiguration {

    @Bean
    @ConditionalOnExpression("!'${kv.config.refresh.mode:targeted}'.equalsIgnoreCase('off')")
    ConfigRefresher kvConfigRefresher(ConfigurableApplicationContext context, ConfigSources sources,
            KvConfigProperties properties, ObjectProvider<ConfigurationPropertiesRebinder> rebinder,
            ObjectProvider<RefreshScope> refreshScope) {
        return new ConfigRefresher(context, sources, properties.refresh(), rebinder, refreshScope);
    }

}
