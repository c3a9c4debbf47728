/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.google.protobuf.ByteString;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;

/** What locks and elections have in common: entering, waiting, leaving. Any thread. */
final class Contests {

    /** The TTL of a lease that the caller did not bring (etcd). */
    private static final long SESSION_TTL_SECONDS = 60;

    private final KvNode node;

    private final int maxRequestBytes;

    Contests(KvNode node, int maxRequestBytes) {
        this.node = node;
        this.maxRequestBytes = maxRequestBytes;
    }

    /**
     * Returns the caller's lease, or a new one if it has none. As in etcd nobody keeps
     * the new one alive: the caller, who finds its id in the key, has to.
     */
    CompletableFuture<Long> lease(long requested) {
        if (requested != 0) {
            return CompletableFuture.completedFuture(requested);
        }
        return this.node.leases().grant(0, SESSION_TTL_SECONDS).thenApply(Result.LeaseGranted::id);
    }

    /**
     * Takes part in a contest. A caller that is gone by then leaves no key behind; etcd
     * lets it lie until its lease ends.
     * @param contest the contest
     * @param lease the caller's lease
     * @param value the value of its key
     * @param gone completes when the caller is gone
     */
    CompletableFuture<Entry> enter(Contest contest, long lease, Bytes value, CompletableFuture<?> gone) {
        if (gone.isDone()) {
            return CompletableFuture.failedFuture(new KvException(Code.CANCELED));
        }
        Bytes key = contest.keyOf(lease);
        checkSize(key, value);
        return this.node.propose(contest.enter(lease, value)).thenApply((answer) -> {
            Entry entry = Entry.of(key, lease, answer);
            if (gone.isDone() && entry.created()) {
                leave(entry.contender());
                throw new KvException(Code.CANCELED);
            }
            return entry;
        });
    }

    /**
     * Waits for the caller's turn and looks whether its key has lived to see it.
     * @return the revision of the last look, or -1 if the key is gone
     */
    CompletableFuture<Long> awaitTurn(Contest contest, Contender contender, CompletableFuture<?> gone) {
        return Turn.await(this.node, contest, contender.createRevision(), gone)
            .thenCompose((come) -> this.node.range(RangeQuery.of(KeyRange.single(contender.key())),
                    Consistency.LINEARIZABLE))
            .thenApply((result) -> {
                if (gone.isDone()) {
                    throw new KvException(Code.CANCELED);
                }
                List<KeyValue> kvs = result.range().kvs();
                boolean there = !kvs.isEmpty() && kvs.get(0).createRevision() == contender.createRevision();
                return there ? result.revision() : -1;
            });
    }

    CompletableFuture<Result.Txn> proclaim(Contender contender, Bytes value) {
        checkSize(contender.key(), value);
        return this.node.propose(contender.proclaim(value));
    }

    CompletableFuture<Result.Txn> leave(Contender contender) {
        checkSize(contender.key(), Bytes.EMPTY);
        return this.node.propose(contender.leave());
    }

    static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }

    private void checkSize(Bytes key, Bytes value) {
        if (key.isEmpty()) {
            throw new KvException(Code.EMPTY_KEY);
        }
        if ((long) key.length() + value.length() > this.maxRequestBytes) {
            throw new KvException(Code.REQUEST_TOO_LARGE);
        }
    }

}
