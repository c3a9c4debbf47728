/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.command.ZnodeOperation.Create;

/** What the flags of a create mean, which depends on the request they came with. */
final class CreateMode {

    private static final int EPHEMERAL = 1;

    private static final int EPHEMERAL_SEQUENTIAL = 3;

    private static final int SEQUENTIAL = 2;

    private static final int TTL = 5;

    private static final int TTL_SEQUENTIAL = 6;

    private CreateMode() {
    }

    /**
     * Returns how long the new znode is to stay.
     * @throws ZnodeFailure with BAD_ARGUMENTS for flags that ZooKeeper does not know and
     * for a TTL where there must be none, or the other way round
     */
    static Lifetime lifetime(Create create, long session) {
        int flags = create.flags();
        ZnodeTree.require(flags >= 0 && flags <= TTL_SEQUENTIAL, ZnodeError.BAD_ARGUMENTS);
        boolean ttl = flags == TTL || flags == TTL_SEQUENTIAL;
        ZnodeTree.require(ttl == (create.form() == Create.Form.TTL), ZnodeError.BAD_ARGUMENTS);
        if (ttl) {
            ZnodeTree.require(create.ttlMillis() > 0 && create.ttlMillis() <= Lifetime.MAX_TTL_MILLIS,
                    ZnodeError.BAD_ARGUMENTS);
            return Lifetime.ofTtl(create.ttlMillis());
        }
        // ZooKeeper: a plain create with the container's flags makes a znode that stays,
        // and a create of a container makes one, whatever else the flags say.
        if (create.form() == Create.Form.CONTAINER) {
            return Lifetime.CONTAINER;
        }
        boolean ephemeral = flags == EPHEMERAL || flags == EPHEMERAL_SEQUENTIAL;
        return ephemeral ? Lifetime.ofSession(session) : Lifetime.PERSISTENT;
    }

    static boolean isSequential(Create create) {
        return switch (create.flags()) {
            case SEQUENTIAL, EPHEMERAL_SEQUENTIAL, TTL_SEQUENTIAL -> true;
            default -> false;
        };
    }

}
