/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What every front end calls: propose, read, watch, lease, members, status. Methods may
 * be called from any thread and never block; stages complete on the applier's or a
 * reader's thread, so continuations must not block either.
 */
@NullMarked
package io.kvorum.server.node;

import org.jspecify.annotations.NullMarked;
