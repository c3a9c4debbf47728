/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Curator's own tests against kv-server, and the lists of those that run and do not.
 * Confined to the thread of each test.
 */
@NullMarked
package io.kvorum.acceptance.curatorsuite;

import org.jspecify.annotations.NullMarked;
