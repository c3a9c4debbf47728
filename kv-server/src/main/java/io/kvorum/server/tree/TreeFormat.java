/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KvException;

/** Checks that a value is one that the tree has written. */
final class TreeFormat {

    private TreeFormat() {
    }

    /**
     * Fails for a value that was put there before the prefix was reserved, or by a newer
     * version: with an answer, because a member must not stop over it.
     */
    static void check(Bytes value, byte format, int minBytes) {
        if (value.length() < minBytes || value.array()[0] != format) {
            throw new KvException(KvException.Code.NOT_SUPPORTED,
                    "a value below /zk/ was not written by the tree, or by a newer version", null);
        }
    }

}
