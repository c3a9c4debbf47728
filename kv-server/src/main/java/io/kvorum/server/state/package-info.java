/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The state machine: applies commands to the store, to leases and alarms; the only
 * writer. Confined to the apply thread.
 */
@NullMarked
package io.kvorum.server.state;

import org.jspecify.annotations.NullMarked;
