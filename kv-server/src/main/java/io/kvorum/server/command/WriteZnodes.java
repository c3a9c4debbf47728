/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;

/**
 * Writes that one session sent one behind the other. Each gets a revision of its own and
 * none is done before the one in front of it, but one that fails does not stop those
 * behind it.
 *
 * @param session the session
 * @param owner the connection that asks
 * @param timeMillis the proposer's wall-clock time, for the times of the znodes
 * @param authority what whoever asks may do
 * @param requests the writes
 */
public record WriteZnodes(long session, long owner, long timeMillis, Authority authority,
        List<ZnodeRequest> requests) implements Command.TreeCommand<Result.Znodes> {

    /** Copies the list. */
    public WriteZnodes {
        requests = List.copyOf(requests);
    }

    /**
     * Writes of somebody of whom nothing is known.
     * @param session the session
     * @param owner the connection that asks
     * @param timeMillis the proposer's wall-clock time, for the times of the znodes
     * @param requests the writes
     */
    public WriteZnodes(long session, long owner, long timeMillis, List<ZnodeRequest> requests) {
        this(session, owner, timeMillis, Authority.NOBODY, requests);
    }

    /**
     * Tells whether this makes the store grow, and so is refused when the quota is used
     * up.
     * @return {@code true} if there is a create or a change of data
     */
    public boolean needsSpace() {
        return this.requests.stream()
            .flatMap((request) -> request.operations().stream())
            .anyMatch((operation) -> operation instanceof ZnodeOperation.Create
                    || operation instanceof ZnodeOperation.SetData);
    }

}
