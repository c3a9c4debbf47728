/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.Set;

/**
 * Published when a change of the configuration is in force.
 *
 * @param fromRevision the revision before
 * @param toRevision the revision now
 * @param keys the properties whose values are others
 */
public record KvConfigChanged(long fromRevision, long toRevision, Set<String> keys) {

    /** Copies the keys. */
    public KvConfigChanged {
        keys = Set.copyOf(keys);
    }

}
