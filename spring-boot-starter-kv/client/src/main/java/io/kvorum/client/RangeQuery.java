/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

/**
 * What to read.
 *
 * @param range the keys
 * @param revision the revision to read at, 0 for the newest
 * @param limit the greatest number of keys to answer, 0 for all
 * @param keysOnly whether to leave the values out
 * @param countOnly whether to answer only how many keys there are
 * @param serializable whether any member may answer from what it knows, which may be old
 */
public record RangeQuery(KeyRange range, long revision, long limit, boolean keysOnly, boolean countOnly,
        boolean serializable) {

    /**
     * Reads whole keys, linearizable, at the newest revision.
     * @param range the keys
     * @return the query
     */
    public static RangeQuery of(KeyRange range) {
        return new RangeQuery(range, 0, 0, false, false, false);
    }

    /**
     * Returns this query at a revision.
     * @param newRevision the revision
     * @return the query
     */
    public RangeQuery at(long newRevision) {
        return new RangeQuery(this.range, newRevision, this.limit, this.keysOnly, this.countOnly, this.serializable);
    }

    /**
     * Returns this query for the first keys.
     * @param newLimit how many
     * @return the query
     */
    public RangeQuery first(long newLimit) {
        return new RangeQuery(this.range, this.revision, newLimit, this.keysOnly, this.countOnly, this.serializable);
    }

    /**
     * Returns this query without values.
     * @return the query
     */
    public RangeQuery withoutValues() {
        return new RangeQuery(this.range, this.revision, this.limit, true, this.countOnly, this.serializable);
    }

    /**
     * Returns this query for the number of keys alone.
     * @return the query
     */
    public RangeQuery counting() {
        return new RangeQuery(this.range, this.revision, this.limit, this.keysOnly, true, this.serializable);
    }

    /**
     * Returns this query for any member, without asking the others.
     * @return the query
     */
    public RangeQuery asSerializable() {
        return new RangeQuery(this.range, this.revision, this.limit, this.keysOnly, this.countOnly, true);
    }

}
