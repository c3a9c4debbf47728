/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.function.LongSupplier;

import io.kvorum.server.common.Clock;

/**
 * What every connection needs.
 *
 * @param ensemble keeps the tree
 * @param settings the limits
 * @param clock the time
 * @param newIds makes unpredictable numbers for ids and passwords
 * @param reads answers reads
 * @param feed brings events
 * @param availability whether anything but reading is possible
 */
record Services(Ensemble ensemble, ZookeeperSettings settings, Clock clock, LongSupplier newIds, Reads reads,
        WatchFeed feed, Availability availability) {
}
