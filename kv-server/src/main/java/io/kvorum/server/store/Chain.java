/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.Arrays;

/**
 * Where the changes of one key are in the log: the roots of a skew-binary forest over
 * them, newest first. A change links to the one before it and to the root behind its own
 * tree, so that any older change is found in a number of steps that is logarithmic in the
 * number of changes, and a new change needs nothing but this list. Immutable.
 */
final class Chain {

    /** No change yet. */
    static final Chain EMPTY = new Chain(0, (byte) 0, new long[0], new byte[0]);

    private final long newest;

    private final byte newestRank;

    /** Most keys change rarely: the newest root stands alone, these are shared then. */
    private final long[] olderRoots;

    private final byte[] olderRanks;

    private Chain(long newest, byte newestRank, long[] olderRoots, byte[] olderRanks) {
        this.newest = newest;
        this.newestRank = newestRank;
        this.olderRoots = olderRoots;
        this.olderRanks = olderRanks;
    }

    /**
     * Returns a list of roots.
     * @param newest packed revision of the newest root
     * @param newestRank rank of its tree, which holds 2^rank - 1 changes
     * @param olderRoots packed revisions of the other roots, newest first; not to be
     * changed any more
     * @param olderRanks ranks of their trees
     * @return the list
     */
    static Chain of(long newest, byte newestRank, long[] olderRoots, byte[] olderRanks) {
        return (olderRoots.length == 0) ? new Chain(newest, newestRank, EMPTY.olderRoots, EMPTY.olderRanks)
                : new Chain(newest, newestRank, olderRoots, olderRanks);
    }

    static Chain single(long revision) {
        return new Chain(revision, (byte) 1, EMPTY.olderRoots, EMPTY.olderRanks);
    }

    int size() {
        return (this.newest != 0) ? 1 + this.olderRoots.length : 0;
    }

    long root(int i) {
        return (i == 0) ? this.newest : this.olderRoots[i - 1];
    }

    byte rank(int i) {
        return (i == 0) ? this.newestRank : this.olderRanks[i - 1];
    }

    /** Returns the newest change, or 0. */
    long newest() {
        return this.newest;
    }

    /** Returns where a change that comes next has to jump to, or 0. */
    long nextJump() {
        if (mergesNext()) {
            return (this.olderRoots.length > 1) ? this.olderRoots[1] : 0;
        }
        return this.newest;
    }

    Chain append(long revision) {
        if (this.newest == 0) {
            return single(revision);
        }
        if (mergesNext()) {
            return of(revision, (byte) (this.newestRank + 1), without(this.olderRoots), without(this.olderRanks));
        }
        int length = this.olderRoots.length;
        long[] roots = new long[length + 1];
        byte[] ranks = new byte[length + 1];
        roots[0] = this.newest;
        ranks[0] = this.newestRank;
        System.arraycopy(this.olderRoots, 0, roots, 1, length);
        System.arraycopy(this.olderRanks, 0, ranks, 1, length);
        return new Chain(revision, (byte) 1, roots, ranks);
    }

    /**
     * Returns the oldest root that is newer than the given revision: where the search for
     * the newest change up to that revision starts.
     * @param revision a packed revision older than the newest change
     * @return a packed revision
     */
    long searchFrom(long revision) {
        long from = this.newest;
        for (int i = 0; i < this.olderRoots.length && this.olderRoots[i] > revision; i++) {
            from = this.olderRoots[i];
        }
        return from;
    }

    private boolean mergesNext() {
        return this.olderRoots.length > 0 && this.newestRank == this.olderRanks[0];
    }

    private static long[] without(long[] roots) {
        return Arrays.copyOfRange(roots, 1, roots.length);
    }

    private static byte[] without(byte[] ranks) {
        return Arrays.copyOfRange(ranks, 1, ranks.length);
    }

}
