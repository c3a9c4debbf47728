/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataResource;

/** A part of the configuration, for Spring Boot to load once. */
final class KvConfigDataResource extends ConfigDataResource {

    private final @Nullable ConfigSelection selection;

    private final boolean optional;

    private final boolean required;

    /**
     * Creates a resource.
     * @param selection what to load; {@code null} for nothing
     * @param optional whether the application starts without the servers
     * @param required whether it must be there
     */
    KvConfigDataResource(@Nullable ConfigSelection selection, boolean optional, boolean required) {
        this.selection = selection;
        this.optional = optional;
        this.required = required;
    }

    @Nullable ConfigSelection selection() {
        return this.selection;
    }

    boolean isOptional() {
        return this.optional;
    }

    boolean isRequired() {
        return this.required;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KvConfigDataResource resource && Objects.equals(this.selection, resource.selection);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(this.selection);
    }

    @Override
    public String toString() {
        return (this.selection != null) ? this.selection.sourceName() : "kv: (disabled)";
    }

}
