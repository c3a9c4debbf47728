/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.time.Duration;
import java.util.List;

import io.grpc.ChannelCredentials;
import org.jspecify.annotations.Nullable;

/**
 * How a client reaches its servers.
 *
 * @param endpoints addresses of members, as {@code http://host:port} or
 * {@code https://host:port}; all of one kind
 * @param namespace what stands in front of every key, unseen by users of this client
 * @param credentials who the client is, unless the servers do not ask
 * @param tls how to recognize the servers of {@code https} endpoints, and what to show
 * them; the JVM's certificate authorities if {@code null}
 * @param connectTimeout how long to wait for a connection
 * @param requestTimeout how long a request may take, with everything that is tried again
 */
public record KvClientSettings(List<String> endpoints, Bytes namespace, @Nullable Credentials credentials,
        @Nullable ChannelCredentials tls, Duration connectTimeout, Duration requestTimeout) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /** Checks that there is something to reach, in time. */
    public KvClientSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no endpoint: at least one address as http://host:port is needed");
        }
        requirePositive("connect timeout", connectTimeout);
        requirePositive("request timeout", requestTimeout);
    }

    /**
     * The usual settings.
     * @param endpoints addresses of members
     * @return settings without namespace, user and certificates
     */
    public static KvClientSettings of(String... endpoints) {
        return new KvClientSettings(List.of(endpoints), Bytes.EMPTY, null, null, CONNECT_TIMEOUT, REQUEST_TIMEOUT);
    }

    /**
     * Returns these settings for keys below a namespace.
     * @param prefix what stands in front of every key
     * @return the settings
     */
    public KvClientSettings withNamespace(String prefix) {
        return new KvClientSettings(this.endpoints, Bytes.utf8(prefix), this.credentials, this.tls, this.connectTimeout,
                this.requestTimeout);
    }

    /**
     * Returns these settings for a user.
     * @param user the name
     * @param password the password
     * @return the settings
     */
    public KvClientSettings withCredentials(String user, String password) {
        return new KvClientSettings(this.endpoints, this.namespace, new Credentials(user, password), this.tls,
                this.connectTimeout, this.requestTimeout);
    }

    /**
     * Returns these settings with certificates.
     * @param newTls how to recognize the servers, and what to show them
     * @return the settings
     */
    public KvClientSettings withTls(ChannelCredentials newTls) {
        return new KvClientSettings(this.endpoints, this.namespace, this.credentials, newTls, this.connectTimeout,
                this.requestTimeout);
    }

    /**
     * Returns these settings with other limits of time.
     * @param connect how long to wait for a connection
     * @param request how long a request may take
     * @return the settings
     */
    public KvClientSettings withTimeouts(Duration connect, Duration request) {
        return new KvClientSettings(this.endpoints, this.namespace, this.credentials, this.tls, connect, request);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the " + name + " must be longer than nothing, not " + value);
        }
    }

}
