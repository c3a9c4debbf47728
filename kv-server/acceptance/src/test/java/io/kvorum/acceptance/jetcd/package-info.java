/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * jetcd, a client that others wrote, against the server. Confined to the test thread.
 */
@NullMarked
package io.kvorum.acceptance.jetcd;

import org.jspecify.annotations.NullMarked;
