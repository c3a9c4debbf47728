/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.util.Arrays;

/** What the clients of a run ask for. */
public enum Workload {

    /** Writes of random keys. */
    PUT("put", false),

    /** Reads of one random key through a quorum. */
    GET_LINEARIZABLE("get-linearizable", true),

    /** Reads of one random key from the local state of a member. */
    GET_SERIALIZABLE("get-serializable", true),

    /**
     * Linearizable reads of {@value Requests#RANGE_ROWS} neighbouring keys with values.
     */
    RANGE("range", true),

    /** A comparison and the put that it allows. */
    TXN("txn", true),

    /** Four linearizable gets to one put. */
    MIXED("mixed", true),

    /**
     * One writer and many watchers of the same key; an operation is a delivered event.
     */
    WATCH("watch", false),

    /** ZooKeeper's protocol: new znodes below one parent. */
    ZNODE_CREATE("create", false),

    /** ZooKeeper's protocol: new data for random znodes. */
    ZNODE_SET_DATA("setData", false),

    /** ZooKeeper's protocol: reads of random znodes. */
    ZNODE_GET_DATA("getData", false);

    private final String label;

    private final boolean preloaded;

    Workload(String label, boolean preloaded) {
        this.label = label;
        this.preloaded = preloaded;
    }

    /**
     * Finds a workload by the name used on the command line and in tables.
     * @param label the name
     * @return the workload
     */
    public static Workload of(String label) {
        return Arrays.stream(values())
            .filter((workload) -> workload.label.equals(label))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(
                    "unknown workload '" + label + "', known: " + Arrays.toString(values())));
    }

    /**
     * Whether the key space must be full before the clients start.
     * @return whether keys are needed
     */
    public boolean preloaded() {
        return this.preloaded;
    }

    @Override
    public String toString() {
        return this.label;
    }

}
