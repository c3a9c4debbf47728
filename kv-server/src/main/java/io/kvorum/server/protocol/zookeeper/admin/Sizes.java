/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * The last, the least and the most of some sizes, -1 as long as there is none. Any
 * thread.
 */
final class Sizes {

    private static final Summary NOTHING = new Summary(-1, -1, -1);

    @GuardedBy("this")
    private int last = -1;

    @GuardedBy("this")
    private int min = Integer.MAX_VALUE;

    @GuardedBy("this")
    private int max = -1;

    synchronized void add(int size) {
        this.last = size;
        this.min = Math.min(this.min, size);
        this.max = Math.max(this.max, size);
    }

    synchronized void reset() {
        this.last = -1;
        this.min = Integer.MAX_VALUE;
        this.max = -1;
    }

    synchronized Summary summary() {
        return (this.last < 0) ? NOTHING : new Summary(this.last, this.min, this.max);
    }

    record Summary(int last, int min, int max) {
    }

}
