/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What came of an operation. */
public sealed interface Result {

    /**
     * Returns the store's revision when the operation was done.
     * @return the revision
     */
    long revision();

    /**
     * Keys that were read, in their order.
     *
     * @param revision the revision at which they were read, unless the query named one
     * @param kvs the keys
     * @param count how many keys the range has, whatever the limit was
     */
    record Range(long revision, List<KeyValue> kvs, long count) implements Result {

        /**
         * Returns the first key.
         * @return the key, if there is any
         */
        public Optional<KeyValue> first() {
            return this.kvs.isEmpty() ? Optional.empty() : Optional.of(this.kvs.get(0));
        }

    }

    /**
     * A key was written.
     *
     * @param revision the revision that wrote it
     * @param previous the key before, if that was asked for and there was one
     */
    record Put(long revision, @Nullable KeyValue previous) implements Result {
    }

    /**
     * Keys were deleted.
     *
     * @param revision the revision that deleted them; the newest one if there were none
     * @param deleted how many
     * @param previous the keys before, if that was asked for
     */
    record Delete(long revision, long deleted, List<KeyValue> previous) implements Result {
    }

    /**
     * A transaction.
     *
     * @param revision the revision that it made, or the newest one if it wrote nothing
     * @param succeeded whether all comparisons held
     * @param results what came of the operations of the branch that was taken
     */
    record Txn(long revision, boolean succeeded, List<Result> results) implements Result {

        /**
         * Returns what a read of the branch found.
         * @param index the place of the read among the branch's operations
         * @return the keys
         */
        public Range range(int index) {
            return (Range) this.results.get(index);
        }

    }

}
