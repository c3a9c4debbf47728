/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Transcripts of etcdctl that both servers must reproduce line by line. Confined to the
 * test thread.
 */
@NullMarked
package io.kvorum.acceptance.golden;

import org.jspecify.annotations.NullMarked;
