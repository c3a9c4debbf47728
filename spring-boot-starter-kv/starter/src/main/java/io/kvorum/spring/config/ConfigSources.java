/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.bootstrap.BootstrapContext;

import io.kvorum.client.KvClient;

/**
 * What was imported while the application started: the client that read it, and the
 * property sources. Filled by one thread, then only read.
 */
final class ConfigSources implements AutoCloseable {

    static final String BEAN_NAME = "kvConfigSources";

    private final KvClient client;

    private final ConfigReader reader;

    private final List<KvPropertySource> sources = new ArrayList<>();

    ConfigSources(KvClient client, ConfigReader reader) {
        this.client = client;
        this.reader = reader;
    }

    /** Returns those that belong to an application that starts. */
    static ConfigSources of(BootstrapContext bootstrap) {
        ConfigSources sources = bootstrap.getOrElse(ConfigSources.class, null);
        if (sources == null) {
            throw new IllegalStateException("nothing is known of locations that begin with kv:");
        }
        return sources;
    }

    KvClient client() {
        return this.client;
    }

    ConfigReader reader() {
        return this.reader;
    }

    void add(KvPropertySource source) {
        this.sources.add(source);
    }

    /** Returns the sources that follow the newest revision. */
    List<KvPropertySource> following() {
        return this.sources.stream().filter((source) -> !source.getSource().isPinned()).toList();
    }

    @Override
    public void close() {
        this.client.close();
    }

}
