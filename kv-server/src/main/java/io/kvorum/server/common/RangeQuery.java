/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

/**
 * What a range request asks for.
 *
 * @param range the keys
 * @param revision the revision to read at; 0 or less for the newest
 * @param limit how many keys at most; 0 or less for all
 * @param sort the order of the answer
 * @param filter bounds on the revisions of the keys
 * @param keysOnly leave the values out
 * @param countOnly leave the keys out as well
 */
public record RangeQuery(KeyRange range, long revision, long limit, Sort sort, RevisionFilter filter, boolean keysOnly,
        boolean countOnly) {

    /**
     * Returns the query for everything in a range as it stands now.
     * @param range the keys
     * @return the query
     */
    public static RangeQuery of(KeyRange range) {
        return new RangeQuery(range, 0, 0, Sort.NONE, RevisionFilter.NONE, false, false);
    }

    /**
     * Returns the same query at another revision.
     * @param revision the revision to read at
     * @return the query
     */
    public RangeQuery at(long revision) {
        return new RangeQuery(this.range, revision, this.limit, this.sort, this.filter, this.keysOnly, this.countOnly);
    }

    /**
     * The order of an answer.
     *
     * @param target the field to sort by
     * @param order the direction
     */
    public record Sort(Target target, Order order) {

        /** By key, ascending, as the store keeps them. */
        public static final Sort NONE = new Sort(Target.KEY, Order.NONE);

        /** The field to sort by. */
        public enum Target {

            /** The key. */
            KEY,

            /** The version. */
            VERSION,

            /** The create revision. */
            CREATE,

            /** The mod revision. */
            MOD,

            /** The value. */
            VALUE

        }

        /** The direction. */
        public enum Order {

            /** As the store keeps them; for other targets than the key, ascending. */
            NONE,

            /** Smallest first. */
            ASCEND,

            /** Greatest first. */
            DESCEND

        }

    }

    /**
     * Inclusive bounds on the revisions of the keys in an answer; 0 means no bound.
     *
     * @param minMod the smallest mod revision
     * @param maxMod the greatest mod revision
     * @param minCreate the smallest create revision
     * @param maxCreate the greatest create revision
     */
    public record RevisionFilter(long minMod, long maxMod, long minCreate, long maxCreate) {

        /** No bounds. */
        public static final RevisionFilter NONE = new RevisionFilter(0, 0, 0, 0);

        /**
         * Tells whether a key is within the bounds.
         * @param kv the key
         * @return {@code true} if it is
         */
        public boolean accepts(KeyValue kv) {
            return (this.minMod == 0 || kv.modRevision() >= this.minMod)
                    && (this.maxMod == 0 || kv.modRevision() <= this.maxMod)
                    && (this.minCreate == 0 || kv.createRevision() >= this.minCreate)
                    && (this.maxCreate == 0 || kv.createRevision() <= this.maxCreate);
        }

        /**
         * Tells whether there are no bounds at all.
         * @return {@code true} if every key is accepted
         */
        public boolean isNone() {
            return this.equals(NONE);
        }

    }

}
