/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The same random requests to etcd and to kv-server, and a comparison of every answer.
 * Confined to the test thread, except for the watch logs.
 */
@NullMarked
package io.kvorum.acceptance.differential;

import org.jspecify.annotations.NullMarked;
