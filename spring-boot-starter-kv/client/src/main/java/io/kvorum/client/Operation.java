/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

/** One operation of a transaction. */
public sealed interface Operation {

    /**
     * Writes a key.
     * @param key the key
     * @param value the value
     * @return the operation
     */
    static Put put(Bytes key, Bytes value) {
        return new Put(key, value, 0, false);
    }

    /**
     * Deletes keys.
     * @param range the keys
     * @return the operation
     */
    static Delete delete(KeyRange range) {
        return new Delete(range, false);
    }

    /**
     * Reads keys.
     * @param query what to read
     * @return the operation
     */
    static Get get(RangeQuery query) {
        return new Get(query);
    }

    /**
     * Writes a key.
     *
     * @param key the key
     * @param value the value
     * @param lease the lease that the key is to live with, 0 for none
     * @param withPrevious whether to answer the key as it was
     */
    record Put(Bytes key, Bytes value, long lease, boolean withPrevious) implements Operation {

        /**
         * Returns this operation for a key that lives with a lease.
         * @param newLease the lease
         * @return the operation
         */
        public Put withLease(long newLease) {
            return new Put(this.key, this.value, newLease, this.withPrevious);
        }

    }

    /**
     * Deletes keys.
     *
     * @param range the keys
     * @param withPrevious whether to answer them as they were
     */
    record Delete(KeyRange range, boolean withPrevious) implements Operation {
    }

    /**
     * Reads keys.
     *
     * @param query what to read
     */
    record Get(RangeQuery query) implements Operation {
    }

    /**
     * Does one thing or another.
     *
     * @param txn the transaction inside
     */
    record Branch(Txn txn) implements Operation {
    }

}
