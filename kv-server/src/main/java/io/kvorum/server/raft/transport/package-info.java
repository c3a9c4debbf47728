/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * How members talk to each other: the engine's messages and the node layer's requests in
 * length-prefixed frames over one connection per direction. Public types may be used from
 * any thread; connections are confined to their event loop, except their write queues.
 */
@NullMarked
package io.kvorum.server.raft.transport;

import org.jspecify.annotations.NullMarked;
