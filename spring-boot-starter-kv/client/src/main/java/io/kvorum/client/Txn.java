/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.List;

/**
 * Operations that are done together, at one revision, or not at all.
 *
 * @param conditions must all hold for the first branch; otherwise it is the second one
 * @param success what to do when they do
 * @param failure what to do when one does not
 */
public record Txn(List<Compare> conditions, List<Operation> success, List<Operation> failure) {

    /** Copies the lists. */
    public Txn {
        conditions = List.copyOf(conditions);
        success = List.copyOf(success);
        failure = List.copyOf(failure);
    }

    /**
     * Begins a transaction with its conditions.
     * @param conditions what must hold; none for a transaction that always succeeds
     * @return a transaction that does nothing yet
     */
    public static Txn when(Compare... conditions) {
        return new Txn(List.of(conditions), List.of(), List.of());
    }

    /**
     * Returns this transaction with other operations for when all conditions hold.
     * @param operations the operations
     * @return the transaction
     */
    public Txn then(Operation... operations) {
        return new Txn(this.conditions, List.of(operations), this.failure);
    }

    /**
     * Returns this transaction with other operations for when a condition does not hold.
     * @param operations the operations
     * @return the transaction
     */
    public Txn otherwise(Operation... operations) {
        return new Txn(this.conditions, this.success, List.of(operations));
    }

}
