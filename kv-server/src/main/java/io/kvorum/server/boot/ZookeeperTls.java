/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.Arrays;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * What connections of ZooKeeper clients are encrypted with: a bundle of Spring's, the
 * newest version of it. Safe for any thread.
 */
final class ZookeeperTls implements Supplier<SslContext> {

    private static final Logger logger = LoggerFactory.getLogger(ZookeeperTls.class);

    private final ZookeeperTlsProperties properties;

    private volatile SslContext context;

    ZookeeperTls(SslBundles bundles, ZookeeperTlsProperties properties) {
        this.properties = properties;
        try {
            this.context = context(bundles.getBundle(properties.sslBundle()), properties.clientAuth());
            bundles.addBundleUpdateHandler(properties.sslBundle(), this::renew);
        }
        catch (NoSuchSslBundleException ex) {
            throw invalid("there is no such bundle in spring.ssl.bundle");
        }
        catch (SSLException | IllegalStateException ex) {
            throw invalid(String.valueOf(ex.getMessage()));
        }
    }

    @Override
    public SslContext get() {
        return this.context;
    }

    /**
     * Files of the bundle have changed: connections that begin later get what they hold.
     */
    private void renew(SslBundle bundle) {
        try {
            this.context = context(bundle, this.properties.clientAuth());
            logger.info("zookeeper.tls-renewed bundle={}", this.properties.sslBundle());
        }
        catch (SSLException | IllegalStateException ex) {
            logger.warn("zookeeper.tls-not-renewed bundle={} reason=\"{}\"", this.properties.sslBundle(),
                    ex.getMessage());
        }
    }

    private SettingException invalid(String reason) {
        return SettingException
            .invalid("kv.server.zookeeper.ssl-bundle=" + this.properties.sslBundle() + ": " + reason);
    }

    private static SslContext context(SslBundle bundle, ZookeeperTlsProperties.ClientAuth auth) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(bundle.getManagers().getKeyManagerFactory())
            .trustManager(bundle.getManagers().getTrustManagerFactory())
            .sslProvider(SslProvider.JDK)
            .clientAuth(switch (auth) {
                case NEED -> ClientAuth.REQUIRE;
                case WANT -> ClientAuth.OPTIONAL;
                case NONE -> ClientAuth.NONE;
            });
        if (bundle.getOptions().getEnabledProtocols() != null) {
            builder.protocols(bundle.getOptions().getEnabledProtocols());
        }
        if (bundle.getOptions().getCiphers() != null) {
            builder.ciphers(Arrays.asList(bundle.getOptions().getCiphers()));
        }
        return builder.build();
    }

}
