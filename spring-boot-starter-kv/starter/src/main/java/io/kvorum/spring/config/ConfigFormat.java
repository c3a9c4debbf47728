/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.Locale;

/** How configuration is written. */
public enum ConfigFormat {

    /** Keys with the suffix of a document are documents, all others are properties. */
    AUTO,

    /** Every key is a property. */
    KEYS,

    /** Every key is a YAML document. */
    YAML,

    /** Every key is a document of Java properties. */
    PROPERTIES,

    /** Every key is a JSON document. */
    JSON;

    /** Returns what the value of a key is, which is never {@link #AUTO}. */
    ConfigFormat of(String key) {
        if (this != AUTO) {
            return this;
        }
        String suffix = key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (suffix) {
            case "yaml", "yml" -> YAML;
            case "properties" -> PROPERTIES;
            case "json" -> JSON;
            default -> KEYS;
        };
    }

    /** Returns the format of a name that a user has written. */
    static ConfigFormat named(String name, String location) {
        for (ConfigFormat format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException("location '" + location + "': there is no format '" + name
                + "'; use auto, keys, yaml, properties or json");
    }

}
