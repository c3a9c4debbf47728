/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Spring Boot application, properties, etcd-style flags, wiring. The only package with
 * Spring in it.
 */
@NullMarked
package io.kvorum.server.boot;

import org.jspecify.annotations.NullMarked;
