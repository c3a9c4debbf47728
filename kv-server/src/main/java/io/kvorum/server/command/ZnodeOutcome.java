/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import org.jspecify.annotations.Nullable;

/**
 * What came of one operation on the tree.
 *
 * @param error why it was not done, or {@link ZnodeError#NONE}
 * @param path the path of a znode that was created
 * @param stat the znode after a create or a change of data
 */
public record ZnodeOutcome(ZnodeError error, @Nullable String path, @Nullable ZnodeStat stat) {

    /** It was done, and there is nothing to tell. */
    public static final ZnodeOutcome DONE = new ZnodeOutcome(ZnodeError.NONE, null, null);

    /**
     * It was not done.
     * @param error why
     * @return the outcome
     */
    public static ZnodeOutcome failed(ZnodeError error) {
        return new ZnodeOutcome(error, null, null);
    }

}
