/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Command line of the benchmark: one class per command, all of them started by
 * {@link io.kvorum.benchmark.Benchmark}.
 */
@NullMarked
package io.kvorum.benchmark;

import org.jspecify.annotations.NullMarked;
