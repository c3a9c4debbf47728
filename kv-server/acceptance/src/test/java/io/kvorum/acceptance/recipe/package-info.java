/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The server-side lock and election services over plain gRPC, on both servers. Confined
 * to the test thread.
 */
@NullMarked
package io.kvorum.acceptance.recipe;

import org.jspecify.annotations.NullMarked;
