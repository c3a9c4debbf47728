/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import org.jspecify.annotations.Nullable;

/**
 * A change of a key.
 *
 * @param type what happened
 * @param kv the key afterwards; of a deletion only key and mod revision
 * @param previous the key before, if the watch asks for it and there was one
 */
public record Event(Type type, KeyValue kv, @Nullable KeyValue previous) {

    /** What happened to the key. */
    public enum Type {

        /** It was written. */
        PUT,

        /** It was deleted, by somebody or with its lease. */
        DELETE

    }

}
