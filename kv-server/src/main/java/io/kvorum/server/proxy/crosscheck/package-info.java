/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Compares what a proxy answers with what a real ZooKeeper answers to the same requests.
 * What belongs to one client is confined to its event loop; nothing here blocks.
 */
@NullMarked
package io.kvorum.server.proxy.crosscheck;

import org.jspecify.annotations.NullMarked;
