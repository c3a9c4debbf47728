/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Spring applications with the starter, on kv-server and on etcd. */
@NullMarked
package io.kvorum.acceptance.starter;

import org.jspecify.annotations.NullMarked;
