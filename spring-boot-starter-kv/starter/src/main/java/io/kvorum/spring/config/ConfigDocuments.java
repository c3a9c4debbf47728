/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.kvorum.client.KeyValue;

/** Makes properties of keys: of a document all it has, of another key one. */
final class ConfigDocuments {

    private static final PropertySourceLoader YAML = new YamlPropertySourceLoader();

    private static final PropertySourceLoader PROPERTIES = new PropertiesPropertySourceLoader();

    private ConfigDocuments() {
    }

    /**
     * Reads what a selection has found. Single keys come after documents: they win.
     * @throws KvConfigException if a document cannot be parsed
     */
    static Map<String, Object> read(ConfigSelection selection, List<KeyValue> kvs) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> single = new LinkedHashMap<>();
        for (KeyValue kv : kvs) {
            String key = kv.key().toUtf8();
            ConfigFormat format = selection.format().of(key);
            if (format != ConfigFormat.KEYS) {
                values.putAll(document(key, kv, format));
            }
            else if (selection.isFolder() && key.length() > selection.path().length()) {
                single.put(key.substring(selection.path().length()).replace('/', '.'), kv.value().toUtf8());
            }
            else if (!selection.isFolder()) {
                single.put(key.substring(key.lastIndexOf('/') + 1), kv.value().toUtf8());
            }
        }
        values.putAll(single);
        return values;
    }

    private static Map<String, Object> document(String key, KeyValue kv, ConfigFormat format) {
        PropertySourceLoader loader = (format == ConfigFormat.PROPERTIES) ? PROPERTIES : YAML;
        Map<String, Object> values = new LinkedHashMap<>();
        try {
            // JSON is read as the YAML that it is.
            for (PropertySource<?> source : loader.load(key, new ByteArrayResource(kv.value().toByteArray(), key))) {
                EnumerablePropertySource<?> document = (EnumerablePropertySource<?>) source;
                for (String name : document.getPropertyNames()) {
                    Object value = document.getProperty(name);
                    values.put(name, (value != null) ? value : "");
                }
            }
        }
        catch (IOException | RuntimeException ex) {
            throw new KvConfigException(
                    "the " + format.name().toLowerCase(java.util.Locale.ROOT) + " document " + key + " of revision "
                            + kv.modRevision() + " cannot be parsed: " + ex.getMessage(),
                    "Write a valid document to " + key + ", or give the key a suffix that says what it is.", ex);
        }
        return values;
    }

}
