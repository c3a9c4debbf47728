/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.client;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;

import io.kvorum.client.KvClient;

/** The application's client, unless the configuration has needed one before. */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnBooleanProperty(prefix = KvProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(KvProperties.class)
public final class KvClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KvClient kvClient(KvProperties properties, ObjectProvider<KvConnectionDetails> details,
            ObjectProvider<SslBundles> bundles) {
        return new KvClient(
                ClientSettings.of(properties, details.getIfAvailable(), (name) -> bundles.getObject().getBundle(name)));
    }

}
