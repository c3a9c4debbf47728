/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import io.kvorum.server.common.Clock;

/**
 * What a store tells about its work.
 *
 * @param counters what was asked of it
 * @param timings where it reports how long things took
 * @param clock the clock
 */
record Measures(StoreCounters counters, StoreTimings timings, Clock clock) {
}
