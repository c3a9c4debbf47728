/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the value of an etcd flag is written, and how the same value reads as a property.
 */
enum FlagType {

    /** Any text. */
    TEXT {
        @Override
        String property(String value) {
            return value;
        }
    },

    /** {@code true} or {@code false}; the flag alone means {@code true}. */
    SWITCH {
        @Override
        String property(String value) {
            if (TRUE.contains(value)) {
                return "true";
            }
            if (FALSE.contains(value)) {
                return "false";
            }
            throw new IllegalArgumentException("is neither true nor false");
        }
    },

    /** A whole number. */
    NUMBER {
        @Override
        String property(String value) {
            try {
                return Long.toString(Long.parseLong(value));
            }
            catch (NumberFormatException ex) {
                throw new IllegalArgumentException("is no whole number");
            }
        }
    },

    /** A whole number that is not negative. */
    COUNT {
        @Override
        String property(String value) {
            String number = NUMBER.property(value);
            if (number.startsWith("-")) {
                throw new IllegalArgumentException("is negative");
            }
            return number;
        }
    },

    /** A number of milliseconds without a unit. */
    MILLIS {
        @Override
        String property(String value) {
            return Duration.ofMillis(Long.parseLong(COUNT.property(value))).toString();
        }
    },

    /** A duration as Go writes it: {@code 1h30m}, {@code 100ms}, {@code 0}. */
    DURATION {
        @Override
        String property(String value) {
            return GoDuration.parse(value).toString();
        }
    };

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    /**
     * Translates a flag's value.
     * @param value the value as it was given
     * @return the property's value
     * @throws IllegalArgumentException with the rest of a sentence that begins with the
     * value
     */
    abstract String property(String value);

    /** Go's notation of durations. */
    private static final class GoDuration {

        private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");

        private static final Map<String, Long> UNIT_NANOS = Map.of("ns", 1L, "us", 1_000L, "µs", 1_000L, "ms",
                1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

        static Duration parse(String value) {
            if (value.equals("0")) {
                return Duration.ZERO;
            }
            Matcher part = PART.matcher(value);
            BigDecimal nanos = BigDecimal.ZERO;
            int end = 0;
            while (part.find() && part.start() == end) {
                nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
                end = part.end();
            }
            if (end == 0 || end != value.length()) {
                throw new IllegalArgumentException("is no duration such as 300ms, 10s or 1h30m");
            }
            try {
                return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
            }
            catch (ArithmeticException ex) {
                throw new IllegalArgumentException("is too long");
            }
        }

        private static long unit(String unit) {
            return UNIT_NANOS.getOrDefault(unit, 1L);
        }

    }

}
