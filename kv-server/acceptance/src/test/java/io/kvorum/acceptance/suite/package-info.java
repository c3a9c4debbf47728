/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Servers for the test suites of other projects, which expect an empty server for each of
 * their tests. Safe for any thread.
 */
@NullMarked
package io.kvorum.acceptance.suite;

import org.jspecify.annotations.NullMarked;
