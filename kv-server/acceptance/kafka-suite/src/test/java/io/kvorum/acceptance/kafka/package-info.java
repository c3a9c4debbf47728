/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Kafka's brokers with kv-server in the place of ZooKeeper. Confined to the thread of
 * each test.
 */
@NullMarked
package io.kvorum.acceptance.kafka;

import org.jspecify.annotations.NullMarked;
