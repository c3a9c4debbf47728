/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.util.ArrayList;
import java.util.List;

/** Collects the values of metrics whose labels change. Confined to one thread. */
public final class LabelledValues {

    private final String name;

    private final List<Sample> samples = new ArrayList<>();

    LabelledValues(String name) {
        this.name = name;
    }

    /**
     * Adds a value.
     * @param labels its labels
     * @param value the value
     */
    public void add(Labels labels, double value) {
        this.samples.add(Sample.of(this.name, labels, value));
    }

    List<Sample> samples() {
        return this.samples;
    }

}
