/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Drives kv-server with the real ZooKeeper client. Confined to the thread of each test.
 */
@NullMarked
package io.kvorum.acceptance.zookeeper;

import org.jspecify.annotations.NullMarked;
