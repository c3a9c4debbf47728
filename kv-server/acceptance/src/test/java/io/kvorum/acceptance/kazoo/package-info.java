/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The tests of kazoo, ZooKeeper's client for Python, against kv-server. Confined to the
 * thread of each test.
 */
@NullMarked
package io.kvorum.acceptance.kazoo;

import org.jspecify.annotations.NullMarked;
