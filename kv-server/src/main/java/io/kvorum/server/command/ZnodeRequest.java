/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;

/**
 * One write as a client sent it: all of its operations happen or none.
 *
 * @param operations the operations, one unless it is a multi
 */
public record ZnodeRequest(List<ZnodeOperation> operations) {

    /** Copies the list. */
    public ZnodeRequest {
        operations = List.copyOf(operations);
    }

}
