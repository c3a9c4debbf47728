/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.Map;

/**
 * All of the configuration at one revision.
 *
 * @param revision the revision
 * @param values the properties of each selection
 */
record ConfigSnapshot(long revision, Map<ConfigSelection, Map<String, Object>> values) {
}
