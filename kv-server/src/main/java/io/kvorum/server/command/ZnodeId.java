/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

/**
 * Somebody, as access control lists know them.
 *
 * @param scheme how the id is to be understood
 * @param id who it is
 */
public record ZnodeId(String scheme, String id) {
}
