/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Embedding of the Raft engine: log storage, transport, snapshots, membership. The state
 * machine is called from one thread at a time.
 */
@NullMarked
package io.kvorum.server.raft;

import org.jspecify.annotations.NullMarked;
