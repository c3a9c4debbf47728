/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy.crosscheck;

import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came of the comparisons so far. Safe for any thread. */
final class Report {

    private static final Logger logger = LoggerFactory.getLogger(Report.class);

    /** Differences behind these are counted only. */
    private static final int MOST_LINES = 1000;

    private final LongAdder compared = new LongAdder();

    private final LongAdder different = new LongAdder();

    private final LongAdder unchecked = new LongAdder();

    void same() {
        this.compared.increment();
    }

    void different(String request, String ours, String theirs) {
        this.compared.increment();
        this.different.increment();
        if (this.different.sum() <= MOST_LINES) {
            logger.warn("cross-check.difference request=\"{}\" proxy=\"{}\" zookeeper=\"{}\"", request, ours, theirs);
        }
    }

    /** An answer came that there is nothing to compare with. */
    void unchecked() {
        this.unchecked.increment();
    }

    void unreachable(String reason) {
        logger.warn("cross-check.unreachable reason=\"{}\"", reason);
    }

    void summary() {
        logger.info("cross-check.summary compared={} differences={} unchecked={}", this.compared, this.different,
                this.unchecked);
    }

}
