/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import io.kvorum.server.common.RangeQuery;

/**
 * Reads keys within a transaction.
 *
 * @param query what to read
 */
public record RangeOperation(RangeQuery query) implements Command.Operation<Result.Range> {
}
