/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.time.Duration;

import io.kvorum.server.protocol.zookeeper.TransientSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Containers and znodes with a TTL, which the leader deletes when their time has come.
 *
 * @param checkInterval Time between two looks at all of them.
 * @param maxDeletesPerMinute Most that are deleted in a minute; the others wait for the
 * next look.
 * @param neverUsed Age at which a container that never had a child is deleted too; 0 for
 * never.
 */
@ConfigurationProperties("kv.server.zookeeper.transient")
record ZookeeperTransientProperties(@DefaultValue("1m") Duration checkInterval,
        @DefaultValue("10000") int maxDeletesPerMinute, @DefaultValue("0s") Duration neverUsed) {

    ZookeeperTransientProperties {
        require("check-interval", checkInterval, checkInterval.toMillis() > 0);
        require("max-deletes-per-minute", maxDeletesPerMinute, maxDeletesPerMinute > 0);
        require("never-used", neverUsed, !neverUsed.isNegative());
    }

    TransientSettings settings() {
        return new TransientSettings(this.checkInterval, this.maxDeletesPerMinute, this.neverUsed);
    }

    private static void require(String name, Object value, boolean condition) {
        if (!condition) {
            throw SettingException.invalid("kv.server.zookeeper.transient." + name + "=" + value + " is too small");
        }
    }

}
