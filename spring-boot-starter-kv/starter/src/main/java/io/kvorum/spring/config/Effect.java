/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;

/**
 * What beans would see if a snapshot were applied: the environment with other values in
 * the sources of the store.
 */
final class Effect {

    private static final String ATTACHED = "configurationProperties";

    private final MutablePropertySources sources;

    private Effect(MutablePropertySources sources) {
        this.sources = sources;
    }

    static Effect ofNow(ConfigurableEnvironment environment) {
        return new Effect(copy(environment, Map.of()));
    }

    static Effect of(ConfigurableEnvironment environment, ConfigSnapshot snapshot) {
        return new Effect(copy(environment, snapshot.values()));
    }

    MutablePropertySources sources() {
        return this.sources;
    }

    /**
     * Returns the properties that have another value than before, also by placeholders.
     */
    Set<String> changesFrom(Effect before) {
        Map<String, @Nullable String> old = before.values();
        Map<String, @Nullable String> now = values();
        Set<String> changed = new TreeSet<>();
        now.forEach((name, value) -> {
            if (!old.containsKey(name) || !java.util.Objects.equals(value, old.get(name))) {
                changed.add(name);
            }
        });
        old.keySet().stream().filter((name) -> !now.containsKey(name)).forEach(changed::add);
        return changed;
    }

    private Map<String, @Nullable String> values() {
        PropertySourcesPropertyResolver resolver = new PropertySourcesPropertyResolver(this.sources);
        resolver.setIgnoreUnresolvableNestedPlaceholders(true);
        Map<String, @Nullable String> values = new TreeMap<>();
        for (PropertySource<?> source : this.sources) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    values.computeIfAbsent(name, (key) -> value(resolver, key));
                }
            }
        }
        return values;
    }

    private static @Nullable String value(PropertySourcesPropertyResolver resolver, String name) {
        try {
            return resolver.getProperty(name);
        }
        catch (IllegalArgumentException ex) {
            // Placeholders in a circle, or values that are no text: not resolved, not
            // new.
            return null;
        }
    }

    private static MutablePropertySources copy(ConfigurableEnvironment environment,
            Map<ConfigSelection, Map<String, Object>> values) {
        MutablePropertySources copy = new MutablePropertySources();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof KvPropertySource own && values.containsKey(own.getSource())) {
                copy.addLast(new KvPropertySource(own.getSource(), values.getOrDefault(own.getSource(), Map.of())));
            }
            else if (!source.getName().equals(ATTACHED)) {
                copy.addLast(source);
            }
        }
        return copy;
    }

}
