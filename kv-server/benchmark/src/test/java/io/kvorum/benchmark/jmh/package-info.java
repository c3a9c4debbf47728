/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * JMH benchmarks of kv-server's own classes. Each has its own threading, as JMH says.
 */
@NullMarked
package io.kvorum.benchmark.jmh;

import org.jspecify.annotations.NullMarked;
