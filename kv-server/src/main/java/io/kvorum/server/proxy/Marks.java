/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.concurrent.CompletableFuture;

import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;

/**
 * Finds out what is the newest there is: a mark is written, and everything before it is
 * here when its event is. Does not rely on progress notifications, which etcd before
 * 3.4.25 may send too early (etcd#15220). Safe for any thread.
 */
final class Marks {

    private final RemoteCluster cluster;

    private final KeyMapping keys;

    private final RemoteChanges changes;

    Marks(RemoteCluster cluster, KeyMapping keys, RemoteChanges changes) {
        this.cluster = cluster;
        this.keys = keys;
        this.changes = changes;
    }

    /**
     * Completes with the mark's revision once this proxy has heard of everything before.
     */
    CompletableFuture<Long> mark() {
        TxnRequest request = TxnRequest.newBuilder()
            .addSuccess(RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(this.keys.remote(KeyMapping.MARK))))
            .build();
        return this.cluster.txn(request).thenCompose((answer) -> {
            long revision = answer.getHeader().getRevision();
            return this.changes.reached(revision).thenApply((reached) -> revision);
        });
    }

}
