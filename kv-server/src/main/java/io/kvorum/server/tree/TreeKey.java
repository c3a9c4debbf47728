/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

/**
 * What a key of the tree stands for.
 *
 * @param kind what it is
 * @param path the znode's path, empty for a session
 * @param session the session's id, or 0
 */
public record TreeKey(Kind kind, String path, long session) {

    /** What keys of the tree stand for. */
    public enum Kind {

        /** A znode's data. */
        NODE,
        /** What is known about a znode's children. */
        CHILDREN,
        /** What of a znode changes without an event. */
        SIDE,
        /** A session. */
        SESSION,
        /** That the server itself deletes a znode one day. */
        TRANSIENT

    }

}
