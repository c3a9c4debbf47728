/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.concurrent.atomic.LongAdder;

/**
 * What was asked of a store since it was opened. Operations of a transaction count when
 * it succeeds. Any thread.
 */
public final class StoreCounters {

    private final LongAdder puts = new LongAdder();

    private final LongAdder putBytes = new LongAdder();

    private final LongAdder deletes = new LongAdder();

    private final LongAdder ranges = new LongAdder();

    private final LongAdder transactions = new LongAdder();

    StoreCounters() {
    }

    /**
     * Returns how many keys were put.
     * @return puts
     */
    public long puts() {
        return this.puts.sum();
    }

    /**
     * Returns the size of what was put.
     * @return bytes of keys and values
     */
    public long putBytes() {
        return this.putBytes.sum();
    }

    /**
     * Returns how many ranges were to be deleted, whatever was in them.
     * @return deletions
     */
    public long deletes() {
        return this.deletes.sum();
    }

    /**
     * Returns how many ranges were read, in transactions and from views.
     * @return ranges
     */
    public long ranges() {
        return this.ranges.sum();
    }

    /**
     * Returns how many transactions had more than one operation.
     * @return transactions
     */
    public long transactions() {
        return this.transactions.sum();
    }

    void read() {
        this.ranges.increment();
    }

    void add(Operations done) {
        this.puts.add(done.puts);
        this.putBytes.add(done.putBytes);
        this.deletes.add(done.deletes);
        this.ranges.add(done.ranges);
        if (done.puts + done.deletes + done.ranges > 1) {
            this.transactions.increment();
        }
    }

    /** What one transaction did. Confined to the apply thread. */
    static final class Operations {

        private int puts;

        private long putBytes;

        private int deletes;

        private int ranges;

        void put(int bytes) {
            this.puts++;
            this.putBytes += bytes;
        }

        void delete() {
            this.deletes++;
        }

        void range() {
            this.ranges++;
        }

    }

}
