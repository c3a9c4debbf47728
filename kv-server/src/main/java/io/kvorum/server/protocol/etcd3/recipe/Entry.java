/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;

/**
 * What came of entering a contest.
 *
 * @param contender the caller's key
 * @param former the key as it was, if the lease took part already
 * @param first whether no older key is there
 * @param revision the store's revision then
 */
record Entry(Contender contender, @Nullable KeyValue former, boolean first, long revision) {

    /**
     * Reads the answer to {@link Contest#enter}.
     * @param key the key that was to be created
     * @param lease its lease
     * @param answer the answer
     * @return what came of it
     */
    static Entry of(Bytes key, long lease, Result.Txn answer) {
        KeyValue former = answer.succeeded() ? null : keys(answer, 0).get(0);
        long createRevision = (former != null) ? former.createRevision() : answer.revision();
        List<KeyValue> oldest = keys(answer, 1);
        boolean first = oldest.isEmpty() || oldest.get(0).createRevision() == createRevision;
        return new Entry(new Contender(key, createRevision, lease), former, first, answer.revision());
    }

    /** Whether the key is there because of this call. */
    boolean created() {
        return this.former == null;
    }

    private static List<KeyValue> keys(Result.Txn answer, int operation) {
        return ((Result.Range) answer.responses().get(operation)).range().kvs();
    }

}
