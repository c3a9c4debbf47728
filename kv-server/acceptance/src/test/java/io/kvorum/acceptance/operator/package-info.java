/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What an operator does with members and clusters. Confined to the test thread.
 */
@NullMarked
package io.kvorum.acceptance.operator;

import org.jspecify.annotations.NullMarked;
