/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import io.kvorum.server.common.KeyRange;

/**
 * Deletes keys.
 *
 * @param range the keys
 * @param previous whether the answer holds the keys as they were
 */
public record DeleteRangeOperation(KeyRange range, boolean previous) implements Command.Operation<Result.DeleteRange> {
}
