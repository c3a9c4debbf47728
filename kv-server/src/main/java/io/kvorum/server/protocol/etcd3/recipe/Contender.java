/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.util.List;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.Compare;
import io.kvorum.server.command.DeleteRangeOperation;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;

/**
 * One key of a contest, between its creation and its deletion. What it does has an effect
 * only as long as it is there: a key of the same name that was created later is another
 * contender.
 *
 * @param key the key
 * @param createRevision when it was created; what a holder can fence with
 * @param lease the lease that owns it
 */
record Contender(Bytes key, long createRevision, long lease) {

    /** Changes the value. */
    TxnOperation proclaim(Bytes value) {
        return ifThere(new PutOperation(this.key, value, this.lease, false, false, false));
    }

    /** Gives up its place. */
    TxnOperation leave() {
        return ifThere(new DeleteRangeOperation(KeyRange.single(this.key), false));
    }

    private TxnOperation ifThere(Command.Operation<?> operation) {
        Compare same = new Compare(KeyRange.single(this.key), Compare.Target.CREATE, Compare.Relation.EQUAL,
                this.createRevision, Bytes.EMPTY);
        return new TxnOperation(List.of(same), List.of(operation), List.of());
    }

}
