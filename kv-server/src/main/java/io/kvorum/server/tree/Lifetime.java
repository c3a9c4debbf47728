/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

/**
 * How long a znode stays.
 *
 * @param kind what ends it
 * @param value the session, or the TTL in milliseconds, or 0
 */
record Lifetime(Kind kind, long value) {

    /** Until somebody deletes it. */
    static final Lifetime PERSISTENT = new Lifetime(Kind.PERSISTENT, 0);

    /** Until its last child has gone. */
    static final Lifetime CONTAINER = new Lifetime(Kind.CONTAINER, 0);

    /** ZooKeeper keeps a TTL in five bytes. */
    static final long MAX_TTL_MILLIS = 0xffffffffffL;

    static Lifetime ofSession(long session) {
        return new Lifetime(Kind.EPHEMERAL, session);
    }

    static Lifetime ofTtl(long millis) {
        return new Lifetime(Kind.TTL, millis);
    }

    /** Returns the session that it ends with, or 0. */
    long session() {
        return isEphemeral() ? this.value : 0;
    }

    boolean isEphemeral() {
        return this.kind == Kind.EPHEMERAL;
    }

    /** Tells whether the server itself deletes it one day. */
    boolean isTransient() {
        return this.kind == Kind.CONTAINER || this.kind == Kind.TTL;
    }

    /** What ends a znode. */
    enum Kind {

        PERSISTENT, EPHEMERAL, CONTAINER, TTL

    }

}
