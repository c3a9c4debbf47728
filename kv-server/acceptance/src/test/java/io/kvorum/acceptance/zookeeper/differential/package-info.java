/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The same random requests to ZooKeeper and to kv-server, byte by byte, and a comparison
 * of every frame that comes back. Confined to the test thread.
 */
@NullMarked
package io.kvorum.acceptance.zookeeper.differential;

import org.jspecify.annotations.NullMarked;
