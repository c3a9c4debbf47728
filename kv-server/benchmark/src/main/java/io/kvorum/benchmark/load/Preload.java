/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills a key space with transactions at a gentle pace. A burst would be faster, but the
 * buffer of etcd 3.4 for writes that bbolt has not committed grows with the busiest tenth
 * of a second and is copied whole by every later read; reads after a burst would measure
 * that copy.
 */
final class Preload {

    /** Below etcd's limit of 128 operations. */
    private static final int KEYS_PER_TXN = 100;

    /** Keeps a tenth of a second below the 512 entries that the buffer begins with. */
    private static final long NANOS_PER_TXN = Duration.ofMillis(25).toNanos();

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private Preload() {
    }

    /** Writes each key once. Blocks the caller. */
    static void fill(Connections connections, DataShape data) {
        Requests requests = new Requests(data);
        SplittableRandom random = new SplittableRandom(data.seed());
        for (int first = 0; first < data.keySpace(); first += KEYS_PER_TXN) {
            long start = System.nanoTime();
            var txn = requests.fill(first, Math.min(KEYS_PER_TXN, data.keySpace() - first), random);
            if (!txn.answerIsGood().test(connections.ask(0, txn.method(), txn.request(), ANSWER_LIMIT))) {
                throw new IllegalStateException("the keys were not written");
            }
            LockSupport.parkNanos(start + NANOS_PER_TXN - System.nanoTime());
        }
    }

}
