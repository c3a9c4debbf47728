/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Options of a command: {@code --name value} or {@code --name=value}. Knows which ones
 * nobody asked for.
 */
final class Options {

    private final Map<String, String> values;

    private final Set<String> known = new HashSet<>();

    private Options(Map<String, String> values) {
        this.values = values;
    }

    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                throw new IllegalArgumentException("'" + argument + "' is no option");
            }
            int equals = argument.indexOf('=');
            if (equals > 0) {
                values.put(argument.substring(2, equals), argument.substring(equals + 1));
            }
            else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
                values.put(argument.substring(2), arguments.get(++i));
            }
            else {
                values.put(argument.substring(2), "true");
            }
        }
        return new Options(values);
    }

    /** The same options with other defaults: what the user gave wins. */
    Options withDefaults(Map<String, String> defaults) {
        Map<String, String> merged = new HashMap<>(defaults);
        merged.putAll(this.values);
        return new Options(merged);
    }

    String text(String name, String otherwise) {
        this.known.add(name);
        return this.values.getOrDefault(name, otherwise);
    }

    List<String> texts(String name, String otherwise) {
        return Arrays.stream(text(name, otherwise).split(",", -1)).map(String::strip).toList();
    }

    List<Integer> numbers(String name, String otherwise) {
        return texts(name, otherwise).stream().map((text) -> number(name, text)).toList();
    }

    int number(String name, int otherwise) {
        return number(name, text(name, Integer.toString(otherwise)));
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(text(name, "false"));
    }

    Duration seconds(String name, int otherwise) {
        return Duration.ofSeconds(number(name, otherwise));
    }

    /**
     * Call when everything was asked for: a misspelt option must not be silently ignored.
     */
    void refuseUnknown() {
        Set<String> unknown = new HashSet<>(this.values.keySet());
        unknown.removeAll(this.known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown options " + unknown + ", known: " + this.known);
        }
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        }
        catch (NumberFormatException ex) {
            throw new IllegalArgumentException("--" + name + " wants a number, not '" + text + "'", ex);
        }
    }

}
