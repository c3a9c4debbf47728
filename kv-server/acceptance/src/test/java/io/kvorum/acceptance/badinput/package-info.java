/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What nobody should send, and a server that stays well. Confined to the test thread.
 */
@NullMarked
package io.kvorum.acceptance.badinput;

import org.jspecify.annotations.NullMarked;
