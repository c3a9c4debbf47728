/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.StringUtils;

/**
 * The properties of a selection, as the newest snapshot that was applied has them. It
 * never leaves the environment; when all keys are gone it is empty. Safe for any thread.
 */
final class KvPropertySource extends EnumerablePropertySource<ConfigSelection> {

    private volatile Map<String, Object> values;

    KvPropertySource(ConfigSelection selection, Map<String, Object> values) {
        super(selection.sourceName(), selection);
        this.values = Map.copyOf(values);
    }

    void apply(Map<String, Object> newValues) {
        this.values = Map.copyOf(newValues);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return this.values.get(name);
    }

    @Override
    public boolean containsProperty(String name) {
        return this.values.containsKey(name);
    }

    @Override
    public String[] getPropertyNames() {
        Set<String> names = this.values.keySet();
        return StringUtils.toStringArray(names);
    }

}
