/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.ArrayList;
import java.util.List;

import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.command.ZnodeOutcome;

/**
 * A write failed and its transaction must be rolled back, which throwing this does. An
 * answer, not a bug: it carries no stack trace.
 */
public final class WriteFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ZnodeError error;

    private final int failed;

    private final int operations;

    WriteFailure(ZnodeError error, int failed, int operations) {
        super(error.name(), null, false, false);
        this.error = error;
        this.failed = failed;
        this.operations = operations;
    }

    /**
     * Returns what the client is answered: nothing is wrong with the operations before
     * the one that failed, and those behind it were not looked at.
     * @return one outcome for each operation
     */
    public List<ZnodeOutcome> outcomes() {
        List<ZnodeOutcome> outcomes = new ArrayList<>(this.operations);
        for (int i = 0; i < this.operations; i++) {
            outcomes.add((i < this.failed) ? ZnodeOutcome.DONE
                    : ZnodeOutcome.failed((i == this.failed) ? this.error : ZnodeError.RUNTIME_INCONSISTENCY));
        }
        return outcomes;
    }

}
