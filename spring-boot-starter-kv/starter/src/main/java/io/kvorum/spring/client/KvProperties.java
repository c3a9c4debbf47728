/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.client;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the application reaches its servers.
 *
 * @param enabled Whether anything of the starter is active.
 * @param endpoints Addresses of members, as http://host:port or https://host:port.
 * @param username User that the servers ask for.
 * @param password Password of the user.
 * @param ssl Certificates.
 * @param namespace Prefix put before every key of this application.
 * @param connectTimeout Longest wait for a connection.
 * @param requestTimeout Longest wait for an answer, with everything that is tried again.
 */
@ConfigurationProperties(KvProperties.PREFIX)
public record KvProperties(@DefaultValue("true") boolean enabled,
        @DefaultValue("http://localhost:2379") List<String> endpoints, @Nullable String username,
        @Nullable String password, @DefaultValue Ssl ssl, @DefaultValue("") String namespace,
        @DefaultValue("2s") Duration connectTimeout, @DefaultValue("5s") Duration requestTimeout) {

    /** What all keys begin with. */
    public static final String PREFIX = "kv";

    /**
     * Certificates.
     *
     * @param bundle Name of an SSL bundle of spring.ssl.bundle.
     */
    public record Ssl(@Nullable String bundle) {
    }

}
