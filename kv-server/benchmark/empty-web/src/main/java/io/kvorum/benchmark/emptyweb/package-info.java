/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * A Spring Boot web application without a single bean of its own, the yardstick for
 * start-up time.
 */
@NullMarked
package io.kvorum.benchmark.emptyweb;

import org.jspecify.annotations.NullMarked;
