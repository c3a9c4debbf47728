/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The tree of znodes as procedures over a transaction: ZooKeeper's rules, without its
 * protocol. No clock, no I/O; confined to the thread that runs the transaction, except
 * what is immutable.
 */
@NullMarked
package io.kvorum.server.tree;

import org.jspecify.annotations.NullMarked;
