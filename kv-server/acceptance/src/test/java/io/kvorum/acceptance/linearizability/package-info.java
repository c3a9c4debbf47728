/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Decides whether the history of a register is linearizable. Immutable values and one
 * checker per history.
 */
@NullMarked
package io.kvorum.acceptance.linearizability;

import org.jspecify.annotations.NullMarked;
