/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a member is made of. Everything is listed here: nothing is scanned for or
 * configured by what happens to be on the class path, which also makes the start quick.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ MemberProperties.class, ClusterProperties.class, RaftProperties.class,
        StorageProperties.class, LimitProperties.class })
class ServerConfiguration {

    @Bean
    DataDirectory dataDirectory(MemberProperties member) {
        return DataDirectory.open(member);
    }

    @Bean
    Membership membership(DataDirectory directory, MemberProperties member, ClusterProperties cluster) {
        return new MemberFile(directory).settle(member, cluster);
    }

}
