/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.logging.DeferredLogFactory;

import io.kvorum.client.KvException;

/**
 * Reads a part of the configuration. What is optional may be missing, and so may the
 * servers; wrong credentials and documents that make no sense are never forgiven.
 */
final class KvConfigDataLoader implements ConfigDataLoader<KvConfigDataResource> {

    private final Log log;

    KvConfigDataLoader(DeferredLogFactory logs) {
        this.log = logs.getLog(KvConfigDataLoader.class);
    }

    @Override
    public ConfigData load(ConfigDataLoaderContext context, KvConfigDataResource resource) {
        ConfigSelection selection = resource.selection();
        if (selection == null) {
            return ConfigData.EMPTY;
        }
        ConfigSources sources = ConfigSources.of(context.getBootstrapContext());
        Optional<Map<String, Object>> values = read(sources, selection, resource);
        if (values.isEmpty() && resource.isRequired()) {
            throw new ConfigDataResourceNotFoundException(resource);
        }
        KvPropertySource source = new KvPropertySource(selection, values.orElse(Map.of()));
        sources.add(source);
        return (selection.profile() != null)
                ? new ConfigData(List.of(source), ConfigData.Option.PROFILE_SPECIFIC, ConfigData.Option.IGNORE_PROFILES)
                : new ConfigData(List.of(source), ConfigData.Option.IGNORE_PROFILES);
    }

    private Optional<Map<String, Object>> read(ConfigSources sources, ConfigSelection selection,
            KvConfigDataResource resource) {
        try {
            return sources.reader().read(selection);
        }
        catch (KvException ex) {
            if (resource.isOptional()) {
                // Empty for now: it is followed, and comes when the servers do.
                this.log.warn("config " + resource + " is left out for now: " + ex.getMessage());
                return Optional.of(Map.of());
            }
            throw new KvConfigException(resource + " cannot be read: " + ex.getMessage(),
                    "Start the servers, correct kv.endpoints, or write optional:kv: in spring.config.import.", ex);
        }
    }

}
