/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Members that die under load, and what clients may expect afterwards. Each type names
 * its thread.
 */
@NullMarked
package io.kvorum.acceptance.crash;

import org.jspecify.annotations.NullMarked;
