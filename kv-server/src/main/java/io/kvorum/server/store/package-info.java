/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * MVCC over H2's MVStore: revisions, ranges, transactions, history, compaction, snapshot,
 * hash. One writer thread, any number of readers on immutable views.
 */
@NullMarked
package io.kvorum.server.store;

import org.jspecify.annotations.NullMarked;
