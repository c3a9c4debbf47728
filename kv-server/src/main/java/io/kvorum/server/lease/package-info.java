/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Leases: which exist, what they own, when they end. Deadlines live on the leader only.
 */
@NullMarked
package io.kvorum.server.lease;

import org.jspecify.annotations.NullMarked;
