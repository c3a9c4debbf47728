/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The Watch service of etcd v3: streams of watchers over one gRPC call each. Calls arrive
 * on the transport's event loops, events on the hub's threads; nothing here blocks.
 */
@NullMarked
package io.kvorum.server.protocol.etcd3.watch;

import org.jspecify.annotations.NullMarked;
