/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Disks that fail: damaged files and no space. Confined to the test thread.
 */
@NullMarked
package io.kvorum.acceptance.damage;

import org.jspecify.annotations.NullMarked;
