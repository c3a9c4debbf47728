/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What ZooKeeper's tests need to run against kv-server, and the lists of those that do
 * and do not. Confined to the thread of each test.
 */
@NullMarked
package io.kvorum.acceptance.zookeepersuite;

import org.jspecify.annotations.NullMarked;
