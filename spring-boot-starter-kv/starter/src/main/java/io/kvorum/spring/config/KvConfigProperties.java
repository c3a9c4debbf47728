/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the application takes for its configuration.
 *
 * @param enabled Whether locations that begin with kv: are read.
 * @param prefix Folder of all applications' configuration.
 * @param name Name of the application's own folder; spring.application.name by default.
 * @param profileSeparator What stands between a folder's name and a profile.
 * @param format How values are written; auto tells documents by the suffix of their keys.
 * @param startupTimeout How long to try to reach the servers when the application starts.
 * @param refresh What happens when something changes.
 */
@ConfigurationProperties(KvConfigProperties.PREFIX)
public record KvConfigProperties(@DefaultValue("true") boolean enabled, @DefaultValue("/config") String prefix,
        @Nullable String name, @DefaultValue(",") String profileSeparator, @DefaultValue("auto") ConfigFormat format,
        @DefaultValue("10s") Duration startupTimeout, @DefaultValue Refresh refresh) {

    /** What all keys begin with. */
    public static final String PREFIX = "kv.config";

    /**
     * What happens when something changes.
     *
     * @param mode Which beans get to know of it.
     * @param debounce Quiet time before changes are applied.
     * @param validate Whether to try whether beans can be bound before they are.
     */
    public record Refresh(@DefaultValue("targeted") Mode mode, @DefaultValue("100ms") Duration debounce,
            @DefaultValue("true") boolean validate) {
    }

    /** Which beans get to know of a change. */
    public enum Mode {

        /** Those whose properties have changed. */
        TARGETED,

        /** All that Spring Cloud refreshes. */
        CONTEXT,

        /** None: changes are not even read. */
        OFF

    }

}
