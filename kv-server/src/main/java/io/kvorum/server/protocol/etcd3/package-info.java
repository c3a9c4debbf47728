/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * gRPC services of etcd v3, its error table and the HTTP endpoints on the client port.
 * Runs on the transport's event loops, so nothing here blocks.
 */
@NullMarked
package io.kvorum.server.protocol.etcd3;

import org.jspecify.annotations.NullMarked;
