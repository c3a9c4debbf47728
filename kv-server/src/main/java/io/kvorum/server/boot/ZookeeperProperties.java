/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The ZooKeeper front end.
 *
 * @param port Port for ZooKeeper clients, on the address of the first client URL; 0 turns
 * them off. Default: 2181, or off if that is taken.
 */
@ConfigurationProperties("kv.server.zookeeper")
record ZookeeperProperties(@Nullable Integer port) {

    private static final int DEFAULT_PORT = 2181;

    private static final int LARGEST_PORT = 65535;

    ZookeeperProperties {
        if (port != null && (port < 0 || port > LARGEST_PORT)) {
            throw SettingException.invalid("--zookeeper-port=" + port + " is no port; 0 turns ZooKeeper off");
        }
    }

    boolean isOff() {
        return this.port != null && this.port == 0;
    }

    /** Whether an operator relies on the port. */
    boolean isAskedFor() {
        return this.port != null;
    }

    int portOrDefault() {
        return (this.port != null) ? this.port : DEFAULT_PORT;
    }

}
