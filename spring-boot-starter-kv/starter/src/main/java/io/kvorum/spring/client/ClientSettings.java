/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.client;

import java.util.function.Function;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

import io.kvorum.client.Bytes;
import io.kvorum.client.Credentials;
import io.kvorum.client.KvClientSettings;

/** Makes the client's settings of the application's. */
public final class ClientSettings {

    private ClientSettings() {
    }

    /**
     * Makes settings.
     * @param properties the application's properties
     * @param details where the servers are; as the properties say if {@code null}
     * @param bundles finds SSL bundles by their names
     * @return the settings
     * @throws IllegalArgumentException if a property makes no sense
     */
    public static KvClientSettings of(KvProperties properties, @Nullable KvConnectionDetails details,
            Function<String, SslBundle> bundles) {
        String user = (details != null) ? details.username() : properties.username();
        String password = (details != null) ? details.password() : properties.password();
        if (user != null && password == null) {
            throw new IllegalArgumentException("kv.username is set, but kv.password is not");
        }
        return new KvClientSettings((details != null) ? details.endpoints() : properties.endpoints(),
                Bytes.utf8(properties.namespace()),
                (user != null && password != null) ? new Credentials(user, password) : null,
                tls(properties.ssl().bundle(), bundles), properties.connectTimeout(), properties.requestTimeout());
    }

    private static @Nullable ChannelCredentials tls(@Nullable String name, Function<String, SslBundle> bundles) {
        if (name == null) {
            return null;
        }
        SslBundle bundle = bundles.apply(name);
        return TlsChannelCredentials.newBuilder()
            .trustManager(bundle.getManagers().getTrustManagers())
            .keyManager(bundle.getManagers().getKeyManagers())
            .build();
    }

}
