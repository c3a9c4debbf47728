/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the text: a value and what it belongs to.
 *
 * @param name the name, with the suffix of a histogram's part
 * @param labels the metric's labels
 * @param upperBound the bucket's bound as text, or empty if this is no bucket
 * @param value the value
 */
record Sample(String name, Labels labels, String upperBound, double value) {

    static Sample of(String name, Labels labels, double value) {
        return new Sample(name, labels, "", value);
    }

    static List<Sample> of(String name, Labels labels, Histogram.Snapshot histogram) {
        List<Sample> samples = new ArrayList<>(histogram.cumulative().length + 2);
        for (int i = 0; i < histogram.cumulative().length; i++) {
            String bound = (i < histogram.upperBounds().length) ? TextFormat.number(histogram.upperBounds()[i])
                    : "+Inf";
            samples.add(new Sample(name + "_bucket", labels, bound, histogram.cumulative()[i]));
        }
        samples.add(of(name + "_sum", labels, histogram.sum()));
        samples.add(of(name + "_count", labels, (double) histogram.count()));
        return samples;
    }

}
