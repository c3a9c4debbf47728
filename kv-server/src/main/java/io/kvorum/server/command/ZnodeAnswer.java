/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;

/**
 * What came of one write.
 *
 * @param zxid the revision it made, or the newest one if it changed nothing
 * @param outcomes one for each of its operations
 */
public record ZnodeAnswer(long zxid, List<ZnodeOutcome> outcomes) {

    /** Copies the list. */
    public ZnodeAnswer {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Tells why the write failed.
     * @return the first error that is the fault of the operation itself, or
     * {@link ZnodeError#NONE}
     */
    public ZnodeError error() {
        for (ZnodeOutcome outcome : this.outcomes) {
            if (outcome.error() != ZnodeError.NONE) {
                return outcome.error();
            }
        }
        return ZnodeError.NONE;
    }

}
