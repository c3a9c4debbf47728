/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What the Raft engine needs from a disk: small files that are replaced as a whole, and
 * the numbers of what was written. Types say themselves which threads may use them.
 */
@NullMarked
package io.kvorum.server.raft.disk;

import org.jspecify.annotations.NullMarked;
