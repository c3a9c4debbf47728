/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The stand-alone ZooKeeper proxy: the tree's rules, carried out optimistically over any
 * cluster that speaks etcd v3. Everything is asynchronous; nothing blocks but the start.
 */
@NullMarked
package io.kvorum.server.proxy;

import org.jspecify.annotations.NullMarked;
