/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What etcd answers over HTTP/1.1: version, health, metrics. Runs on the connections'
 * event loops, so nothing here blocks.
 */
@NullMarked
package io.kvorum.server.protocol.etcd3.http;

import org.jspecify.annotations.NullMarked;
