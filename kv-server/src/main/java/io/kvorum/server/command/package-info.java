/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The replicated commands, their results and their versioned binary encoding. Immutable
 * values, safe for any thread.
 */
@NullMarked
package io.kvorum.server.command;

import org.jspecify.annotations.NullMarked;
