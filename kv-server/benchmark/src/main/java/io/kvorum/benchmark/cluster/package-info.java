/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Starts, watches, kills and removes the servers that are measured. Each object is
 * confined to the thread of its command.
 */
@NullMarked
package io.kvorum.benchmark.cluster;

import org.jspecify.annotations.NullMarked;
