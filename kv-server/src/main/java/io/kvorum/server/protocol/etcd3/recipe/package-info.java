/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The lock and election services of etcd v3: what its client library does with
 * transactions, leases and watches, done by the server for clients that only speak gRPC.
 * Runs on the transport's, the member's and the hub's threads; a caller that waits costs
 * a watcher and no thread.
 */
@NullMarked
package io.kvorum.server.protocol.etcd3.recipe;

import org.jspecify.annotations.NullMarked;
