/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Members that run as processes of their own, and the tools that talk to them. Not
 * thread-safe unless a type says so.
 */
@NullMarked
package io.kvorum.acceptance.harness;

import org.jspecify.annotations.NullMarked;
