/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.concurrent.Semaphore;

/**
 * Keeps the roots of the maps still while a commit collects them, so that a commit never
 * holds half a batch. The apply thread is inside from its first write of a batch until
 * the batch is published; the committer is inside only while it collects. Fair, so that
 * neither side starves.
 */
final class BatchGate {

    private final Semaphore permit = new Semaphore(1, true);

    private volatile boolean inBatch;

    /** Begins a batch unless one is open. Apply thread. */
    void enterBatch() {
        if (!this.inBatch) {
            this.permit.acquireUninterruptibly();
            this.inBatch = true;
        }
    }

    /** Ends the batch. Apply thread. */
    void leaveBatch() {
        this.inBatch = false;
        this.permit.release();
    }

    /** Tells whether a batch is open. */
    boolean inBatch() {
        return this.inBatch;
    }

    /** Waits for the end of the open batch and keeps the next one out. */
    void hold() {
        this.permit.acquireUninterruptibly();
    }

    /** Lets batches in again. */
    void release() {
        this.permit.release();
    }

}
