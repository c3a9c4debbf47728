/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The application's client: one, made from {@code kv.*}. */
@NullMarked
package io.kvorum.spring.client;

import org.jspecify.annotations.NullMarked;
