/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import io.kvorum.server.common.Bytes;

/**
 * Writes a key.
 *
 * @param key the key
 * @param value the new value
 * @param lease the lease to attach, or 0
 * @param previous whether the answer holds the key as it was
 * @param ignoreValue keep the value that is there
 * @param ignoreLease keep the lease that is there
 */
public record PutOperation(Bytes key, Bytes value, long lease, boolean previous, boolean ignoreValue,
        boolean ignoreLease) implements Command.Operation<Result.Put> {
}
