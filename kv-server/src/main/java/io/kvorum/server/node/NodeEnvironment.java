/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.function.LongSupplier;

import io.kvorum.server.common.Clock;

/**
 * What a member is given by the process around it.
 *
 * @param clock the time
 * @param newIds makes unpredictable ids for leases
 * @param metrics where it reports what happens to it
 */
public record NodeEnvironment(Clock clock, LongSupplier newIds, NodeMetrics metrics) {
}
