/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

/**
 * Where the changes of one key are in the log: the roots of a skew-binary forest over
 * them, newest first. A change links to the one before it and to the root behind its own
 * tree, so that any older change is found in a number of steps that is logarithmic in the
 * number of changes, and a new change needs nothing but this list. Immutable.
 */
final class Chain {

    /** No change yet. */
    static final Chain EMPTY = new Chain(new long[0], new byte[0]);

    private final long[] roots;

    private final byte[] ranks;

    /**
     * Creates the list.
     * @param roots packed revisions of the roots, newest first
     * @param ranks rank of each root's tree, which holds 2^rank - 1 changes
     */
    Chain(long[] roots, byte[] ranks) {
        this.roots = roots;
        this.ranks = ranks;
    }

    static Chain single(long revision) {
        return new Chain(new long[] { revision }, new byte[] { 1 });
    }

    int size() {
        return this.roots.length;
    }

    long root(int i) {
        return this.roots[i];
    }

    byte rank(int i) {
        return this.ranks[i];
    }

    /** Returns the newest change, or 0. */
    long newest() {
        return (this.roots.length != 0) ? this.roots[0] : 0;
    }

    /** Returns where a change that comes next has to jump to, or 0. */
    long nextJump() {
        if (mergesNext()) {
            return (this.roots.length > 2) ? this.roots[2] : 0;
        }
        return newest();
    }

    Chain append(long revision) {
        int merged = mergesNext() ? 2 : 0;
        int length = this.roots.length - merged + 1;
        long[] newRoots = new long[length];
        byte[] newRanks = new byte[length];
        newRoots[0] = revision;
        newRanks[0] = (merged != 0) ? (byte) (this.ranks[0] + 1) : 1;
        System.arraycopy(this.roots, merged, newRoots, 1, length - 1);
        System.arraycopy(this.ranks, merged, newRanks, 1, length - 1);
        return new Chain(newRoots, newRanks);
    }

    /**
     * Returns the oldest root that is newer than the given revision: where the search for
     * the newest change up to that revision starts.
     * @param revision a packed revision older than the newest change
     * @return a packed revision
     */
    long searchFrom(long revision) {
        long from = this.roots[0];
        for (int i = 1; i < this.roots.length && this.roots[i] > revision; i++) {
            from = this.roots[i];
        }
        return from;
    }

    private boolean mergesNext() {
        return this.roots.length > 1 && this.ranks[0] == this.ranks[1];
    }

}
