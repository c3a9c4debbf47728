/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.Map;

/**
 * Published when a change of the configuration does not fit: what was in force stays.
 *
 * @param revision the revision that does not fit
 * @param errors what is wrong, by the names of beans or documents
 */
public record KvConfigRejected(long revision, Map<String, String> errors) {

    /** Copies the errors. */
    public KvConfigRejected {
        errors = Map.copyOf(errors);
    }

}
