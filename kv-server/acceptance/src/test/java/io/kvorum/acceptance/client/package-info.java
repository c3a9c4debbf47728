/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The project's own client against kv-server and against etcd. */
@NullMarked
package io.kvorum.acceptance.client;

import org.jspecify.annotations.NullMarked;
