/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.util.List;
import java.util.function.Supplier;

/**
 * All series of one name.
 *
 * @param name the name
 * @param help one sentence for people
 * @param type how to read the values
 * @param samples reads the values
 */
record Family(String name, String help, Type type, Supplier<List<Sample>> samples) {

    /** Types of metrics, as Prometheus calls them. */
    enum Type {

        COUNTER("counter"), GAUGE("gauge"), HISTOGRAM("histogram");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        String text() {
            return this.text;
        }

    }

}
