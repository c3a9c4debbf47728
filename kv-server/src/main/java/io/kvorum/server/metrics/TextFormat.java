/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.util.Collection;

/** Prometheus' text exposition format, version 0.0.4. */
final class TextFormat {

    private static final double LARGEST_EXACT_INTEGER = 1L << 53;

    private TextFormat() {
    }

    static String write(Collection<Family> families) {
        StringBuilder text = new StringBuilder(16 * 1024);
        for (Family family : families) {
            text.append("# HELP ").append(family.name()).append(' ').append(escapeHelp(family.help())).append('\n');
            text.append("# TYPE ").append(family.name()).append(' ').append(family.type().text()).append('\n');
            for (Sample sample : family.samples().get()) {
                write(text, sample);
            }
        }
        return text.toString();
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT_INTEGER) {
            return Long.toString((long) value);
        }
        if (Double.isInfinite(value)) {
            return (value > 0) ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }

    private static void write(StringBuilder text, Sample sample) {
        text.append(sample.name());
        char separator = '{';
        Labels labels = sample.labels();
        for (int i = 0; i < labels.names().size(); i++) {
            separator = writeLabel(text, separator, labels.names().get(i), labels.values().get(i));
        }
        if (!sample.upperBound().isEmpty()) {
            separator = writeLabel(text, separator, "le", sample.upperBound());
        }
        if (separator == ',') {
            text.append('}');
        }
        text.append(' ').append(number(sample.value())).append('\n');
    }

    private static char writeLabel(StringBuilder text, char separator, String name, String value) {
        text.append(separator).append(name).append("=\"").append(escapeLabel(value)).append('"');
        return ',';
    }

    private static String escapeHelp(String help) {
        return help.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String escapeLabel(String value) {
        return escapeHelp(value).replace("\"", "\\\"");
    }

}
