/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The Raft log and the hard state on disk: append-only segment files with a checksum per
 * record and one sync per batch. One thread writes; any thread reads.
 */
@NullMarked
package io.kvorum.server.raft.log;

import org.jspecify.annotations.NullMarked;
