/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Snapshots without images: what is kept is a mark that says up to where the state is
 * durable. An image is streamed only to a member that lags behind the log.
 */
@NullMarked
package io.kvorum.server.raft.snapshot;

import org.jspecify.annotations.NullMarked;
