/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;

/**
 * Does one of two groups of operations at one revision, depending on whether all
 * comparisons hold.
 *
 * @param compares the comparisons
 * @param success done in order when all hold
 * @param failure done in order otherwise
 */
public record TxnOperation(List<Compare> compares, List<Command.Operation<?>> success,
        List<Command.Operation<?>> failure) implements Command.Operation<Result.Txn> {

    /**
     * Tells whether neither branch can change anything, whatever the comparisons say.
     * @return {@code true} if there are only ranges in both branches (etcd: a nested
     * transaction counts as a write)
     */
    public boolean isReadOnly() {
        return this.success.stream().allMatch(RangeOperation.class::isInstance)
                && this.failure.stream().allMatch(RangeOperation.class::isInstance);
    }

}
