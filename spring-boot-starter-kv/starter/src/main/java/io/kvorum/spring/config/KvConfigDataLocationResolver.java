/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.Profiles;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;

import io.kvorum.client.KvClient;
import io.kvorum.client.KvClientSettings;
import io.kvorum.spring.client.ClientSettings;
import io.kvorum.spring.client.KvConnectionDetails;
import io.kvorum.spring.client.KvProperties;

/**
 * Finds what {@code kv:} in {@code spring.config.import} means: for the application's own
 * folders {@code application} and its name, with and without profiles, the later before
 * the earlier.
 */
final class KvConfigDataLocationResolver implements ConfigDataLocationResolver<KvConfigDataResource> {

    private static final String SHARED = "application";

    KvConfigDataLocationResolver() {
    }

    @Override
    public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return location.hasPrefix(ConfigLocation.SCHEME);
    }

    @Override
    public List<KvConfigDataResource> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        KvConfigProperties config = bind(context.getBinder(), KvConfigProperties.PREFIX, KvConfigProperties.class);
        KvProperties properties = bind(context.getBinder(), KvProperties.PREFIX, KvProperties.class);
        if (!properties.enabled() || !config.enabled()) {
            // Not an empty list: Spring Boot takes that for a location that is missing.
            return List.of(new KvConfigDataResource(null, location.isOptional(), false));
        }
        prepare(context, properties, config);
        ConfigLocation parsed = parse(location, config);
        if (parsed.path() != null) {
            return List.of(resource(parsed, parsed.path(), null, location.isOptional(), true));
        }
        List<KvConfigDataResource> resources = new ArrayList<>();
        for (String name : names(context.getBinder(), config)) {
            resources.add(resource(parsed, folder(config, name), null, location.isOptional(), false));
        }
        return resources;
    }

    @Override
    public List<KvConfigDataResource> resolveProfileSpecific(ConfigDataLocationResolverContext context,
            ConfigDataLocation location, Profiles profiles) {
        KvConfigProperties config = bind(context.getBinder(), KvConfigProperties.PREFIX, KvConfigProperties.class);
        KvProperties properties = bind(context.getBinder(), KvProperties.PREFIX, KvProperties.class);
        if (!properties.enabled() || !config.enabled()) {
            return List.of();
        }
        ConfigLocation parsed = parse(location, config);
        List<KvConfigDataResource> resources = new ArrayList<>();
        if (parsed.path() == null) {
            for (String name : names(context.getBinder(), config)) {
                for (String profile : profiles.getAccepted()) {
                    String path = folder(config, name + config.profileSeparator() + profile);
                    resources.add(resource(parsed, path, profile, location.isOptional(), false));
                }
            }
        }
        return resources;
    }

    private static ConfigLocation parse(ConfigDataLocation location, KvConfigProperties config) {
        try {
            return ConfigLocation.parse(location.getValue(), config.format());
        }
        catch (IllegalArgumentException ex) {
            throw new KvConfigException(String.valueOf(ex.getMessage()), "Correct spring.config.import.", ex);
        }
    }

    private static KvConfigDataResource resource(ConfigLocation location, String path, @Nullable String profile,
            boolean optional, boolean required) {
        return new KvConfigDataResource(new ConfigSelection(path, profile, location.revision(), location.format()),
                optional, required);
    }

    private static List<String> names(Binder binder, KvConfigProperties config) {
        String own = (config.name() != null) ? config.name()
                : binder.bind("spring.application.name", String.class).orElse(SHARED);
        return own.equals(SHARED) ? List.of(SHARED) : List.of(SHARED, own);
    }

    private static String folder(KvConfigProperties config, String name) {
        return config.prefix() + "/" + name + "/";
    }

    private static <T> T bind(Binder binder, String prefix, Class<T> type) {
        return binder.bindOrCreate(prefix, type);
    }

    private static void prepare(ConfigDataLocationResolverContext context, KvProperties properties,
            KvConfigProperties config) {
        ConfigurableBootstrapContext bootstrap = context.getBootstrapContext();
        if (bootstrap.isRegistered(ConfigSources.class)) {
            return;
        }
        Binder binder = context.getBinder();
        bootstrap.register(ConfigSources.class, (registry) -> {
            KvConnectionDetails details = registry.getOrElse(KvConnectionDetails.class, null);
            KvClientSettings settings;
            KvClient client;
            try {
                settings = ClientSettings.of(properties, details, (name) -> bundle(binder, name));
                client = new KvClient(settings);
            }
            catch (IllegalArgumentException ex) {
                throw new KvConfigException(String.valueOf(ex.getMessage()), "Correct the properties kv.*.", ex);
            }
            return new ConfigSources(client, new ConfigReader(client, settings.endpoints(), config.startupTimeout()));
        });
        bootstrap.addCloseListener(
                (event) -> promote(event.getApplicationContext(), ConfigSources.of(event.getBootstrapContext())));
    }

    /** The application goes on with the client that has read its configuration. */
    private static void promote(ConfigurableApplicationContext context, ConfigSources sources) {
        context.getBeanFactory().registerSingleton(ConfigSources.BEAN_NAME, sources);
        context.getBeanFactory().registerSingleton("kvClient", sources.client());
        if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
            registry.registerDisposableBean(ConfigSources.BEAN_NAME, sources::close);
        }
    }

    private static SslBundle bundle(Binder binder, String name) {
        String prefix = "spring.ssl.bundle.";
        return binder.bind(prefix + "pem." + name, PemSslBundleProperties.class)
            .map(PropertiesSslBundle::get)
            .orElseGet(() -> binder.bind(prefix + "jks." + name, JksSslBundleProperties.class)
                .map(PropertiesSslBundle::get)
                .orElseThrow(() -> new IllegalArgumentException(
                        "kv.ssl.bundle is '" + name + "', and there is no spring.ssl.bundle.pem." + name
                                + " and no spring.ssl.bundle.jks." + name)));
    }

}
