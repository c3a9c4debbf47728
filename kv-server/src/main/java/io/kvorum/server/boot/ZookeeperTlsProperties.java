/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Encrypted connections of ZooKeeper clients.
 *
 * @param securePort Port for encrypted connections, on the address of the first client
 * URL; 0 means none. ZooKeeper's secureClientPort.
 * @param sslBundle Name of the bundle in spring.ssl.bundle with the key of this member
 * and the certificates it trusts.
 * @param clientAuth Whether clients must (need), may (want) or do not (none) show a
 * certificate. ZooKeeper's ssl.clientAuth.
 */
@ConfigurationProperties("kv.server.zookeeper")
record ZookeeperTlsProperties(@DefaultValue("0") int securePort, @DefaultValue("") String sslBundle,
        @DefaultValue("need") ClientAuth clientAuth) {

    private static final int LARGEST_PORT = 65535;

    ZookeeperTlsProperties {
        if (securePort < 0 || securePort > LARGEST_PORT) {
            throw SettingException.invalid("kv.server.zookeeper.secure-port=" + securePort + " is no port");
        }
        if (securePort != 0 && sslBundle.isEmpty()) {
            throw SettingException.invalid("kv.server.zookeeper.secure-port=" + securePort
                    + " needs kv.server.zookeeper.ssl-bundle, the name of one of spring.ssl.bundle");
        }
    }

    boolean isOff() {
        return this.securePort == 0;
    }

    /** What is asked of clients. */
    enum ClientAuth {

        /** A certificate that is trusted. */
        NEED,
        /** One if they have one. */
        WANT,
        /** Nothing. */
        NONE

    }

}
