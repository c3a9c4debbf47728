/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.kvorum.server.node.Retention;

/**
 * How much is kept.
 *
 * @param quotaBackendBytes Size in bytes at which writes stop with an alarm; 0 means 2
 * GiB, negative means no limit.
 * @param autoCompactionMode 'periodic' keeps a time, 'revision' keeps a number.
 * @param autoCompactionRetention How much history is kept, such as 30m, 1 (hour) or 1000
 * (revisions); 0 means all.
 */
@ConfigurationProperties("kv.server")
record StorageProperties(@DefaultValue("0") long quotaBackendBytes, @DefaultValue("periodic") String autoCompactionMode,
        @DefaultValue("0") String autoCompactionRetention) {

    private static final long DEFAULT_QUOTA_BYTES = 2L << 30;

    StorageProperties {
        AutoCompaction.retention(autoCompactionMode, autoCompactionRetention);
    }

    /** Returns the quota as the node wants it: 0 for no limit. */
    long quotaBytes() {
        if (this.quotaBackendBytes == 0) {
            return DEFAULT_QUOTA_BYTES;
        }
        return Math.max(this.quotaBackendBytes, 0);
    }

    Retention retention() {
        return AutoCompaction.retention(this.autoCompactionMode, this.autoCompactionRetention);
    }

}
