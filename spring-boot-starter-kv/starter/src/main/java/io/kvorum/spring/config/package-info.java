/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Configuration from the store: {@code spring.config.import=kv:}, read at one revision,
 * and applied anew when it changes and fits. The environment is changed by one thread.
 */
@NullMarked
package io.kvorum.spring.config;

import org.jspecify.annotations.NullMarked;
