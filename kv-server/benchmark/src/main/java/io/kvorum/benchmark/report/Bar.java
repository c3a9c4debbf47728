/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import java.util.Locale;

/**
 * A promise of the project about a ratio kv-server / etcd.
 *
 * @param what the figure
 * @param atLeast whether the ratio must not be below the limit; otherwise not above
 * @param limit the limit
 */
public record Bar(String what, boolean atLeast, double limit) {

    /**
     * Judges a ratio.
     * @param ratio kv-server / etcd
     * @return a cell for a table
     */
    public String verdict(double ratio) {
        boolean met = this.atLeast ? ratio >= this.limit : ratio <= this.limit;
        return String.format(Locale.ROOT, "%s %s %.2f: %s", this.what, this.atLeast ? "≥" : "≤", this.limit,
                met ? "met" : "**not met**");
    }

}
