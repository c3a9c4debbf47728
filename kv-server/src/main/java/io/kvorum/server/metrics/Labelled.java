/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Instruments of one name that differ in the values of their labels. Whoever records
 * often keeps the instrument instead of asking for it each time. Any thread. Values must
 * come from a small closed set, never from a client: each one lives as long as the
 * process.
 *
 * @param <T> the type of the instruments
 */
public final class Labelled<T> {

    private final List<String> names;

    private final Function<Labels, T> create;

    private final ConcurrentHashMap<Labels, T> instruments = new ConcurrentHashMap<>();

    Labelled(List<String> names, Function<Labels, T> create) {
        this.names = names;
        this.create = create;
    }

    /**
     * Returns the instrument for the given values, which shows up in the text from now
     * on.
     * @param values the values, in the order of the labels' names
     * @return the instrument
     */
    public T with(String... values) {
        return this.instruments.computeIfAbsent(new Labels(this.names, List.of(values)), this.create);
    }

    List<Sample> samples(Reader<T> reader) {
        List<Sample> samples = new ArrayList<>();
        this.instruments.forEach((labels, instrument) -> samples.addAll(reader.read(labels, instrument)));
        return samples;
    }

    /** Reads an instrument. */
    interface Reader<T> {

        List<Sample> read(Labels labels, T instrument);

    }

}
