/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kvorum.proto.etcdserverpb.LeaseGrantResponse;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.server.command.CloseSession;
import io.kvorum.server.command.OpenSession;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.ResumeSession;
import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.tree.Session;
import io.kvorum.server.tree.Sessions;
import io.kvorum.server.tree.TreeKeys;

/**
 * Sessions as keys of leases of the remote cluster: when the lease ends, so does the key,
 * and nothing that the session still tries is committed. Safe for any thread.
 */
final class RemoteSessions {

    private final RemoteCluster cluster;

    private final KeyMapping keys;

    private final Commits commits;

    private final SessionLeases leases;

    private final Departures departures;

    RemoteSessions(RemoteCluster cluster, KeyMapping keys, Commits commits, SessionLeases leases,
            Departures departures) {
        this.cluster = cluster;
        this.keys = keys;
        this.commits = commits;
        this.leases = leases;
        this.departures = departures;
    }

    CompletableFuture<Result.Session> open(OpenSession open) {
        Session session = new Session(open.timeoutMillis(), open.owner(), open.passwordHash());
        return this.cluster.grant(open.id(), session.ttlSeconds()).thenCompose((granted) -> this.commits.run((txn) -> {
            boolean free = Sessions.find(txn, open.id()) == null;
            if (free) {
                Sessions.put(txn, open.id(), session);
            }
            return new Result.Session(txn.revision(), free);
        }, List.of(key(open.id())), open.id()));
    }

    CompletableFuture<Result.Session> resume(ResumeSession resume) {
        RangeRequest read = RangeRequest.newBuilder().setKey(this.keys.remote(TreeKeys.session(resume.id()))).build();
        return this.cluster.range(read).thenCompose((answer) -> {
            Result.Session invalid = new Result.Session(answer.getHeader().getRevision(), false);
            if (answer.getKvsCount() == 0) {
                return CompletableFuture.completedFuture(invalid);
            }
            KeyValue kv = this.keys.local(answer.getKvs(0));
            Session session = Session.decode(kv.value());
            if (!session.passwordHash().equals(resume.passwordHash())) {
                return CompletableFuture.completedFuture(invalid);
            }
            return resume(resume, session, kv.lease()).exceptionallyCompose((failure) -> {
                boolean gone = RemoteFailures.of(failure).code() == Code.LEASE_NOT_FOUND;
                return gone ? CompletableFuture.completedFuture(invalid) : CompletableFuture.failedFuture(failure);
            });
        });
    }

    CompletableFuture<Result.Session> close(CloseSession close) {
        return this.commits.run((txn) -> {
            boolean valid = Sessions.check(txn, close.id(), close.owner()) == ZnodeError.NONE;
            if (valid) {
                Sessions.end(txn, close.id());
            }
            return new Result.Session(txn.revision(), valid);
        }, List.of(key(close.id()), KeyMapping.ownedBy(close.id())), 0).exceptionallyCompose((failure) -> {
            boolean tooMany = RemoteFailures.of(failure).code() == Code.TOO_MANY_OPS;
            return tooMany ? closeInParts(close) : CompletableFuture.failedFuture(failure);
        }).thenApply((closed) -> {
            if (closed.valid()) {
                this.cluster.revoke(this.leases.of(close.id()));
            }
            return closed;
        });
    }

    /** Gives a session its whole time anew; answers the seconds, or 0 if it is gone. */
    CompletableFuture<Long> keepAlive(long session) {
        return this.leases.renew(this.leases.of(session));
    }

    private CompletableFuture<Result.Session> resume(ResumeSession resume, Session session, long lease) {
        Session now = new Session(resume.timeoutMillis(), resume.owner(), resume.passwordHash());
        if (now.ttlSeconds() == session.ttlSeconds()) {
            return this.leases.renew(lease).thenCompose((seconds) -> {
                if (seconds == 0) {
                    return CompletableFuture.failedFuture(new KvException(Code.LEASE_NOT_FOUND));
                }
                return move(resume.id(), now, lease);
            });
        }
        // A lease cannot change its time, so the session changes its lease.
        return this.cluster.grant(0, now.ttlSeconds())
            .thenApply(LeaseGrantResponse::getID)
            .thenCompose((granted) -> move(resume.id(), now, granted).whenComplete((moved, failure) -> {
                boolean done = failure == null && moved.valid();
                this.cluster.revoke(done ? lease : granted);
            }));
    }

    /** Makes a session another connection's, if it is there still. */
    private CompletableFuture<Result.Session> move(long id, Session now, long lease) {
        return this.commits.run((txn) -> {
            Session before = Sessions.find(txn, id);
            boolean valid = before != null && before.passwordHash().equals(now.passwordHash());
            if (valid) {
                Sessions.put(txn, id, now);
            }
            return new Result.Session(txn.revision(), valid);
        }, List.of(key(id)), lease).thenApply((moved) -> {
            if (moved.valid()) {
                this.leases.put(id, lease);
            }
            return moved;
        });
    }

    /** Ends a session first and then, little by little, what it owned. */
    private CompletableFuture<Result.Session> closeInParts(CloseSession close) {
        return this.commits.run((txn) -> {
            boolean valid = Sessions.check(txn, close.id(), close.owner()) == ZnodeError.NONE;
            if (valid) {
                txn.delete(key(close.id()));
            }
            return new Result.Session(txn.revision(), valid);
        }, List.of(key(close.id())), 0)
            .thenCompose((closed) -> this.departures.clear(close.id())
                .thenApply((last) -> new Result.Session(Math.max(last, closed.revision()), closed.valid())));
    }

    private static KeyRange key(long session) {
        Bytes key = TreeKeys.session(session);
        return KeyRange.single(key);
    }

}
