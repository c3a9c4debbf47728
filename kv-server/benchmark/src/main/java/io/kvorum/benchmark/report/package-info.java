/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * From measurements to a table: medians, ratios, bars, and what the machine is. Values
 * are immutable.
 */
@NullMarked
package io.kvorum.benchmark.report;

import org.jspecify.annotations.NullMarked;
