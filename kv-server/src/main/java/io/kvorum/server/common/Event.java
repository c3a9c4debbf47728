/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

/**
 * One change of one key.
 *
 * @param type what happened
 * @param kv the key as it stands after a put; for a deletion only the key and the
 * revision of the deletion
 */
public record Event(Type type, KeyValue kv) {

    /** What happened to the key. */
    public enum Type {

        /** The key was created or changed. */
        PUT,

        /** The key was deleted, by a request or by the end of its lease. */
        DELETE

    }

}
