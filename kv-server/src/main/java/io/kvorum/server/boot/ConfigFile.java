/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A file as etcd's {@code --config-file} reads it: YAML whose keys are the flags' names,
 * with a section of its own for the TLS settings of either port.
 */
final class ConfigFile {

    /** Sections of etcd's file, and how the flags of the same settings begin. */
    private static final Map<String, String> SECTIONS = Map.of("client-transport-security", "",
            "peer-transport-security", "peer-");

    private ConfigFile() {
    }

    static Map<String, String> read(Path file) {
        Map<String, String> flags = new LinkedHashMap<>();
        load(file).forEach((key, value) -> {
            String name = String.valueOf(key);
            if (SECTIONS.containsKey(name) && value instanceof Map<?, ?> section) {
                section.forEach((inner, innerValue) -> put(flags, SECTIONS.get(name) + inner, innerValue));
            }
            else {
                put(flags, name, value);
            }
        });
        return flags;
    }

    static String source(Path file, String flag) {
        return flag + " in " + file;
    }

    private static void put(Map<String, String> flags, String name, @Nullable Object value) {
        if (value != null) {
            flags.put(name, text(name, value));
        }
    }

    private static String text(String name, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Objects::toString).collect(Collectors.joining(","));
        }
        boolean isDuration = Flags.find(name).filter((flag) -> flag.type() == FlagType.DURATION).isPresent();
        if (isDuration && value instanceof Number) {
            // etcd reads bare numbers of durations as nanoseconds, in the file only.
            return value + "ns";
        }
        return value.toString();
    }

    private static Map<?, ?> load(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            if (document == null) {
                return Map.of();
            }
            if (document instanceof Map<?, ?> map) {
                return map;
            }
            throw SettingException.invalid("--config-file=" + file + " does not hold 'flag: value' lines");
        }
        catch (NoSuchFileException ex) {
            throw SettingException.invalid("--config-file=" + file + " does not exist");
        }
        catch (IOException ex) {
            throw SettingException.invalid("--config-file=" + file + " cannot be read: " + ex.getMessage());
        }
        catch (YAMLException ex) {
            throw SettingException.invalid("--config-file=" + file + " is no valid YAML: "
                    + Objects.toString(ex.getMessage(), "").replaceAll("\\s+", " "));
        }
    }

}
