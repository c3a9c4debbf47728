/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The load driver: closed-loop clients over plain grpc-java calls. Everything after the
 * start runs on the event loops of the channels; no client owns a thread.
 */
@NullMarked
package io.kvorum.benchmark.load;

import org.jspecify.annotations.NullMarked;
