/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The ZooKeeper protocol: frames, sessions, requests, watches. What belongs to one
 * connection is confined to its event loop; nothing here blocks.
 */
@NullMarked
package io.kvorum.server.protocol.zookeeper;

import org.jspecify.annotations.NullMarked;
