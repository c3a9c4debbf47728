/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The middle of a few values; the mean of the two in the middle if there is none. */
public final class Median {

    private Median() {
    }

    /**
     * Median of a property.
     * @param items the items
     * @param property the property
     * @param <T> type of the items
     * @return the median, or NaN without items
     */
    public static <T> double of(Collection<T> items, ToDoubleFunction<T> property) {
        double[] sorted = items.stream().mapToDouble(property).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

}
