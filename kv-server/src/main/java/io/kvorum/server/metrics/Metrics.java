/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The metrics of one member. Components register theirs when they are created and keep
 * the instrument; nothing is looked up by name while recording. Any thread.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>A name is registered once; registering it again is a bug and fails.</li>
 * <li>Names appear in the text exactly as they were given, without any suffix.</li>
 * </ol>
 */
public final class Metrics {

    private final ConcurrentSkipListMap<String, Family> families = new ConcurrentSkipListMap<>();

    /**
     * Registers a counter.
     * @param name its full name
     * @param help what it counts
     * @return the counter
     */
    public Counter counter(String name, String help) {
        Counter counter = new Counter();
        counter(name, help, counter::value);
        return counter;
    }

    /**
     * Registers a counter that something else keeps.
     * @param name its full name
     * @param help what it counts
     * @param value returns the value; called on the thread that writes the text
     */
    public void counter(String name, String help, LongSupplier value) {
        register(new Family(name, help, Family.Type.COUNTER,
                () -> List.of(Sample.of(name, Labels.NONE, (double) value.getAsLong()))));
    }

    /**
     * Registers a counter of seconds that something else keeps.
     * @param name its full name
     * @param help what it counts
     * @param value returns the value; called on the thread that writes the text
     */
    public void secondsCounter(String name, String help, DoubleSupplier value) {
        register(new Family(name, help, Family.Type.COUNTER,
                () -> List.of(Sample.of(name, Labels.NONE, value.getAsDouble()))));
    }

    /**
     * Registers counters that differ in the values of labels.
     * @param name their full name
     * @param help what they count
     * @param labelNames the names of the labels
     * @return the counters
     */
    public Labelled<Counter> counters(String name, String help, String... labelNames) {
        return labelled(name, help, Family.Type.COUNTER, (labels) -> new Counter(),
                (labels, counter) -> List.of(Sample.of(name, labels, (double) counter.value())), labelNames);
    }

    /**
     * Registers a gauge.
     * @param name its full name
     * @param help what it shows
     * @param value returns the value; called on the thread that writes the text
     */
    public void gauge(String name, String help, DoubleSupplier value) {
        gauge(name, help, Labels.NONE, value);
    }

    /**
     * Registers a gauge with fixed labels.
     * @param name its full name
     * @param help what it shows
     * @param labels its labels
     * @param value returns the value; called on the thread that writes the text
     */
    public void gauge(String name, String help, Labels labels, DoubleSupplier value) {
        register(
                new Family(name, help, Family.Type.GAUGE, () -> List.of(Sample.of(name, labels, value.getAsDouble()))));
    }

    /**
     * Registers gauges whose labels are not known beforehand.
     * @param name their full name
     * @param help what they show
     * @param values adds labels and values of the moment; called on the thread that
     * writes the text
     */
    public void gauges(String name, String help, Consumer<LabelledValues> values) {
        register(collected(name, help, Family.Type.GAUGE, values));
    }

    /**
     * Registers counters that something else keeps and whose labels are not known
     * beforehand.
     * @param name their full name
     * @param help what they count
     * @param values adds labels and values of the moment; called on the thread that
     * writes the text
     */
    public void counters(String name, String help, Consumer<LabelledValues> values) {
        register(collected(name, help, Family.Type.COUNTER, values));
    }

    /**
     * Registers a histogram.
     * @param name its full name, ending with the unit
     * @param help what it measures
     * @param upperBounds the buckets, see {@link Histogram#exponential}
     * @return the histogram
     */
    public Histogram histogram(String name, String help, double... upperBounds) {
        Histogram histogram = new Histogram(upperBounds);
        register(new Family(name, help, Family.Type.HISTOGRAM,
                () -> Sample.of(name, Labels.NONE, histogram.snapshot())));
        return histogram;
    }

    /**
     * Registers histograms that differ in the values of labels.
     * @param name their full name, ending with the unit
     * @param help what they measure
     * @param upperBounds the buckets
     * @param labelNames the names of the labels
     * @return the histograms
     */
    public Labelled<Histogram> histograms(String name, String help, double[] upperBounds, String... labelNames) {
        return labelled(name, help, Family.Type.HISTOGRAM, (labels) -> new Histogram(upperBounds),
                (labels, histogram) -> Sample.of(name, labels, histogram.snapshot()), labelNames);
    }

    /**
     * Writes all metrics in Prometheus' text format.
     * @return the text
     */
    public String text() {
        return TextFormat.write(families());
    }

    Collection<Family> families() {
        return this.families.values();
    }

    private static Family collected(String name, String help, Family.Type type, Consumer<LabelledValues> values) {
        return new Family(name, help, type, () -> {
            LabelledValues collected = new LabelledValues(name);
            values.accept(collected);
            return collected.samples();
        });
    }

    private <T> Labelled<T> labelled(String name, String help, Family.Type type, Function<Labels, T> create,
            Labelled.Reader<T> reader, String... labelNames) {
        Labelled<T> labelled = new Labelled<>(List.of(labelNames), create);
        register(new Family(name, help, type, () -> labelled.samples(reader)));
        return labelled;
    }

    private void register(Family family) {
        if (this.families.putIfAbsent(family.name(), family) != null) {
            throw new IllegalStateException("metric " + family.name() + " is registered twice");
        }
    }

}
