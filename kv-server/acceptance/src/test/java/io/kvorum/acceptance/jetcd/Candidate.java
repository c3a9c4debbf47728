/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.jetcd;

import java.util.concurrent.CompletableFuture;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.lease.LeaseRevokeResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;

import static io.kvorum.acceptance.jetcd.JetcdContract.await;
import static io.kvorum.acceptance.jetcd.JetcdContract.bytes;

/**
 * The usual recipe: whoever creates the key leads; the others wait for its deletion and
 * try again.
 */
final class Candidate {

    private static final ByteSequence KEY = bytes("election/leader");

    private final Client client;

    private final String name;

    private final long lease;

    Candidate(Client client, String name) {
        this.client = client;
        this.name = name;
        this.lease = await(client.getLeaseClient().grant(60)).getID();
    }

    /** Completes with the revision of the leadership once this candidate leads. */
    CompletableFuture<Long> campaign() {
        return this.client.getKVClient()
            .txn()
            .If(new Cmp(KEY, Cmp.Op.EQUAL, CmpTarget.createRevision(0)))
            .Then(Op.put(KEY, bytes(this.name), PutOption.builder().withLeaseId(this.lease).build()))
            .Else(Op.get(KEY, GetOption.DEFAULT))
            .commit()
            .thenCompose(this::leadOrWait);
    }

    String leader() {
        GetResponse found = await(this.client.getKVClient().get(KEY));
        return found.getKvs().isEmpty() ? "" : found.getKvs().get(0).getValue().toString();
    }

    /** Ends the lease and with it the leadership. */
    CompletableFuture<LeaseRevokeResponse> resign() {
        return this.client.getLeaseClient().revoke(this.lease);
    }

    private CompletableFuture<Long> leadOrWait(TxnResponse answer) {
        long revision = answer.getHeader().getRevision();
        if (answer.isSucceeded()) {
            return CompletableFuture.completedFuture(revision);
        }
        CompletableFuture<Void> deleted = new CompletableFuture<>();
        Watch.Watcher watcher = this.client.getWatchClient()
            .watch(KEY, WatchOption.builder().withRevision(revision + 1).build(), (response) -> {
                if (response.getEvents()
                    .stream()
                    .anyMatch((event) -> event.getEventType() == WatchEvent.EventType.DELETE)) {
                    deleted.complete(null);
                }
            });
        return deleted.whenComplete((done, failure) -> watcher.close()).thenCompose((done) -> campaign());
    }

}
