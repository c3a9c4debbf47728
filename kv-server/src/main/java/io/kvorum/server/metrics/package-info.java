/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Counters, gauges and histograms under the names that etcd's dashboards and alerts read.
 * Recording is lock-free and may be done from any thread; see docs/adr/0005.
 */
@NullMarked
package io.kvorum.server.metrics;

import org.jspecify.annotations.NullMarked;
