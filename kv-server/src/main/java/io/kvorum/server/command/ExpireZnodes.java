/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;

/**
 * Deletes znodes that were made to go by themselves, each in a revision of its own, if
 * their time has come: what the sender saw may have changed since.
 *
 * @param timeMillis the sender's wall-clock time
 * @param neverUsedMillis age at which a container that never had a child goes too, or 0
 * for never
 * @param paths the znodes
 */
public record ExpireZnodes(long timeMillis, long neverUsedMillis,
        List<String> paths) implements Command.TreeCommand<Result.Done> {

    /** Copies the list. */
    public ExpireZnodes {
        paths = List.copyOf(paths);
    }

}
