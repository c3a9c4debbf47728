/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.util.List;

/**
 * Names and values of a metric's labels, in the same order.
 *
 * @param names the names
 * @param values the values
 */
public record Labels(List<String> names, List<String> values) {

    /** No labels. */
    public static final Labels NONE = new Labels(List.of(), List.of());

    /**
     * Checks and copies.
     * @param names the names
     * @param values the values
     */
    public Labels {
        names = List.copyOf(names);
        values = List.copyOf(values);
        if (names.size() != values.size()) {
            throw new IllegalArgumentException("labels " + names + " do not fit values " + values);
        }
    }

    /**
     * Creates a single label.
     * @param name its name
     * @param value its value
     * @return the label
     */
    public static Labels of(String name, String value) {
        return new Labels(List.of(name), List.of(value));
    }

}
