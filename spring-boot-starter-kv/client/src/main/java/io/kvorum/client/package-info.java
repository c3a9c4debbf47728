/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * A client of etcd's v3 API for Java 17, without Spring: keys, transactions, watches,
 * sessions, locks and elections. Everything is safe for any thread; answers come as
 * {@link java.util.concurrent.CompletionStage}s, and by
 * {@link io.kvorum.client.KvClient#blocking()} directly.
 */
@NullMarked
package io.kvorum.client;

import org.jspecify.annotations.NullMarked;
