/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.kvorum.server.command.CloseSession;
import io.kvorum.server.command.Command.TreeCommand;
import io.kvorum.server.command.ExpireZnodes;
import io.kvorum.server.command.OpenSession;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.ResumeSession;
import io.kvorum.server.command.WriteZnodes;
import io.kvorum.server.command.ZnodeAnswer;
import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.command.ZnodeOutcome;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.lease.Lease;
import io.kvorum.server.lease.LeaseTable;
import io.kvorum.server.store.KvStore;
import io.kvorum.server.store.Transaction;
import io.kvorum.server.tree.Expiry;
import io.kvorum.server.tree.Session;
import io.kvorum.server.tree.Sessions;
import io.kvorum.server.tree.WriteFailure;
import io.kvorum.server.tree.ZnodeTree;

/**
 * Applies the commands on the tree and keeps sessions and their leases together: one
 * never lives without the other. Confined to the apply thread.
 */
final class TreeRunner {

    private final KvStore store;

    private final LeaseTable leases;

    private final KvState.LeaseListener listener;

    TreeRunner(KvStore store, LeaseTable leases, KvState.LeaseListener listener) {
        this.store = store;
        this.leases = leases;
        this.listener = listener;
    }

    Result run(TreeCommand<?> command) {
        if (command instanceof WriteZnodes write) {
            return write(write);
        }
        if (command instanceof OpenSession open) {
            return this.store.transact((txn) -> open(txn, open));
        }
        if (command instanceof ResumeSession resume) {
            return this.store.transact((txn) -> resume(txn, resume));
        }
        if (command instanceof CloseSession close) {
            return this.store.transact((txn) -> close(txn, close));
        }
        if (command instanceof ExpireZnodes expire) {
            for (String path : expire.paths()) {
                this.store.transact((txn) -> Expiry.expire(txn, path, expire.timeMillis(), expire.neverUsedMillis()));
            }
            return new Result.Done(revision());
        }
        throw new IllegalStateException("command without a rule: " + command);
    }

    /** Deletes what a lease owns, if it is a session's, with all that belongs to it. */
    static boolean endSession(Transaction txn, long id) {
        if (Sessions.find(txn, id) == null) {
            return false;
        }
        Sessions.end(txn, id);
        return true;
    }

    private Result.Znodes write(WriteZnodes write) {
        ZnodeError refusal = this.store.transact((txn) -> Sessions.check(txn, write.session(), write.owner()));
        List<ZnodeAnswer> answers = new ArrayList<>(write.requests().size());
        for (ZnodeRequest request : write.requests()) {
            answers.add((refusal == ZnodeError.NONE) ? write(write, request) : refused(request, refusal));
        }
        return new Result.Znodes(revision(), answers);
    }

    private ZnodeAnswer write(WriteZnodes write, ZnodeRequest request) {
        try {
            return this.store.transact((txn) -> {
                List<ZnodeOutcome> outcomes = ZnodeTree.write(txn, write, request);
                return new ZnodeAnswer(txn.revision(), outcomes);
            });
        }
        catch (WriteFailure failure) {
            return new ZnodeAnswer(revision(), failure.outcomes());
        }
    }

    private ZnodeAnswer refused(ZnodeRequest request, ZnodeError refusal) {
        int operations = Math.max(1, request.operations().size());
        return new ZnodeAnswer(revision(), Collections.nCopies(operations, ZnodeOutcome.failed(refusal)));
    }

    private long revision() {
        return this.store.transact(Transaction::revision);
    }

    private Result.Session open(Transaction txn, OpenSession open) {
        if (this.leases.find(open.id()) != null) {
            throw new KvException(Code.LEASE_EXISTS);
        }
        put(txn, open.id(), new Session(open.timeoutMillis(), open.owner(), open.passwordHash()));
        return new Result.Session(txn.revision(), true);
    }

    private Result.Session resume(Transaction txn, ResumeSession resume) {
        Session session = Sessions.find(txn, resume.id());
        boolean valid = session != null && session.passwordHash().equals(resume.passwordHash());
        if (valid) {
            put(txn, resume.id(), new Session(resume.timeoutMillis(), resume.owner(), resume.passwordHash()));
        }
        return new Result.Session(txn.revision(), valid);
    }

    private Result.Session close(Transaction txn, CloseSession close) {
        boolean valid = Sessions.check(txn, close.id(), close.owner()) == ZnodeError.NONE;
        if (valid) {
            Sessions.end(txn, close.id());
            this.leases.remove(txn, close.id());
            this.listener.revoked(close.id());
        }
        return new Result.Session(txn.revision(), valid);
    }

    /** Gives the session its whole timeout anew. */
    private void put(Transaction txn, long id, Session session) {
        Lease lease = new Lease(id, session.ttlSeconds(), 0);
        this.leases.put(txn, lease);
        Sessions.put(txn, id, session);
        this.listener.granted(lease);
    }

}
