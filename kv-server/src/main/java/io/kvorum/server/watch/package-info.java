/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Finds the watchers of an applied change and delivers it to them, from memory or from
 * history. Publication is confined to the apply thread; everything else may be called
 * from any thread.
 */
@NullMarked
package io.kvorum.server.watch;

import org.jspecify.annotations.NullMarked;
