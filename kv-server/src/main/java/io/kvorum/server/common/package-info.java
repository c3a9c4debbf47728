/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Small immutable value types and the clock. Everything here is safe for use by any
 * thread.
 */
@NullMarked
package io.kvorum.server.common;

import org.jspecify.annotations.NullMarked;
