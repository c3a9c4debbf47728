/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntUnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.command.CloseSession;
import io.kvorum.server.command.Command.TreeCommand;
import io.kvorum.server.command.ExpireZnodes;
import io.kvorum.server.command.OpenSession;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.ResumeSession;
import io.kvorum.server.command.WriteZnodes;
import io.kvorum.server.command.ZnodeAnswer;
import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.command.ZnodeOperation;
import io.kvorum.server.command.ZnodeOutcome;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.protocol.zookeeper.Ensemble;
import io.kvorum.server.tree.Expiry;
import io.kvorum.server.tree.Sessions;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.tree.WriteFailure;
import io.kvorum.server.tree.ZnodeTree;
import io.kvorum.server.watch.WatchHub;

/**
 * A cluster that speaks etcd v3, as what a ZooKeeper port stands in front of. A zxid is a
 * revision of that cluster. Safe for any thread.
 */
final class RemoteEnsemble implements Ensemble, AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(RemoteEnsemble.class);

    private final RemoteCluster cluster;

    private final RemoteChanges changes;

    private final Commits commits;

    private final WriteOrder order = new WriteOrder();

    private final RemoteReads reads;

    private final Marks marks;

    private final RemoteSessions sessions;

    private final Departures departures;

    RemoteEnsemble(ProxySettings settings, ScheduledExecutorService later, IntUnaryOperator random) {
        KeyMapping keys = new KeyMapping(settings.prefix());
        this.cluster = new RemoteCluster(settings, later);
        this.changes = new RemoteChanges(this.cluster, keys, later);
        this.commits = new Commits(this.cluster, keys, settings, later, random);
        this.marks = new Marks(this.cluster, keys, this.changes);
        this.reads = new RemoteReads(this.cluster, keys, this.changes, this.marks, settings.maxTxnOps(), later);
        SessionLeases leases = new SessionLeases(this.cluster);
        this.departures = new Departures(this.cluster, keys, this.commits, leases, settings.maxTxnOps(), later);
        this.sessions = new RemoteSessions(this.cluster, keys, this.commits, leases, this.departures);
    }

    /**
     * Begins to follow the cluster; completes when it is known that it can be read and
     * written.
     */
    CompletableFuture<Void> start() {
        this.cluster.start();
        return this.changes.start().thenCompose((started) -> {
            this.changes.follow(this.departures);
            this.departures.search();
            return this.marks.mark().thenAccept((revision) -> {
            });
        });
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends Result> CompletableFuture<R> propose(TreeCommand<R> command) {
        return (CompletableFuture<R>) dispatch(command)
            .thenCompose((result) -> this.changes.reached(result.revision()).thenApply((reached) -> result));
    }

    @Override
    public CompletableFuture<Result.Range> range(KeyRange range) {
        return this.reads.read(List.of(RangeQuery.of(range))).thenApply((txn) -> (Result.Range) txn.responses().get(0));
    }

    @Override
    public CompletableFuture<Result.Txn> read(List<RangeQuery> queries) {
        return this.reads.read(queries);
    }

    @Override
    public CompletableFuture<Long> sync() {
        return this.marks.mark();
    }

    @Override
    public long revision() {
        return this.changes.revision();
    }

    @Override
    public WatchHub watches() {
        return this.changes;
    }

    @Override
    public CompletableFuture<List<Bytes>> keysOf(long session) {
        return read(List.of(RangeQuery.of(KeyMapping.ownedBy(session)))).thenApply((txn) -> {
            Result.Range owned = (Result.Range) txn.responses().get(0);
            return owned.range().kvs().stream().map((kv) -> KeyMapping.znodeOf(kv.key())).toList();
        });
    }

    @Override
    public CompletableFuture<Long> keepAlive(long session) {
        return this.sessions.keepAlive(session);
    }

    @Override
    public void close() {
        this.changes.close();
        this.cluster.close();
    }

    private CompletableFuture<? extends Result> dispatch(TreeCommand<?> command) {
        if (command instanceof WriteZnodes write) {
            return write(write, new ArrayList<>());
        }
        if (command instanceof ExpireZnodes expire) {
            return expire(expire, expire.paths(), 0);
        }
        if (command instanceof OpenSession open) {
            return this.sessions.open(open);
        }
        if (command instanceof ResumeSession resume) {
            return this.sessions.resume(resume);
        }
        if (command instanceof CloseSession close) {
            return this.sessions.close(close);
        }
        throw new IllegalStateException("command without a rule: " + command);
    }

    /** Carries out the writes of one connection one after the other. */
    private CompletableFuture<Result.Znodes> write(WriteZnodes write, List<ZnodeAnswer> answers) {
        if (answers.size() == write.requests().size()) {
            long newest = answers.stream().mapToLong(ZnodeAnswer::zxid).max().orElse(0);
            return CompletableFuture.completedFuture(new Result.Znodes(newest, answers));
        }
        ZnodeRequest request = write.requests().get(answers.size());
        Set<KeyRange> about = Footprint.of(request);
        Set<KeyRange> expected = new LinkedHashSet<>();
        expected.add(KeyRange.single(TreeKeys.session(write.session())));
        expected.addAll(about);
        return this.order.inTurn(about, () -> this.commits.run((txn) -> run(txn, write, request), expected, 0))
            .exceptionallyCompose((failure) -> refused(request, RemoteFailures.of(failure)))
            .thenCompose((answer) -> {
                answers.add(answer);
                return write(write, answers);
            });
    }

    /** Answers a write that the cluster would never take, and fails for all others. */
    private CompletableFuture<ZnodeAnswer> refused(ZnodeRequest request, KvException failure) {
        @Nullable ZnodeError error = switch (failure.code()) {
            case TOO_MANY_OPS, REQUEST_TOO_LARGE -> ZnodeError.BAD_ARGUMENTS;
            case NOT_SUPPORTED -> ZnodeError.UNIMPLEMENTED;
            default -> null;
        };
        if (error == null) {
            return CompletableFuture.failedFuture(failure);
        }
        logger.warn("proxy.write-refused error={} reason=\"{}\"", error, failure.getMessage());
        int operations = Math.max(1, request.operations().size());
        List<ZnodeOutcome> outcomes = new ArrayList<>(
                Collections.nCopies(operations, ZnodeOutcome.failed(ZnodeError.RUNTIME_INCONSISTENCY)));
        outcomes.set(0, ZnodeOutcome.failed(error));
        return CompletableFuture.completedFuture(new ZnodeAnswer(revision(), outcomes));
    }

    /** Deletes znodes whose time has come, one after the other. */
    private CompletableFuture<Result.Done> expire(ExpireZnodes expire, List<String> paths, long newest) {
        if (paths.isEmpty()) {
            return CompletableFuture.completedFuture(new Result.Done(newest));
        }
        String path = paths.get(0);
        return this.commits.run((txn) -> {
            Expiry.expire(txn, path, expire.timeMillis(), expire.neverUsedMillis());
            return txn.revision();
        }, Footprint.of(new ZnodeRequest(List.of(new ZnodeOperation.Delete(path, ZnodeOperation.ANY_VERSION)))), 0)
            .thenCompose((revision) -> expire(expire, paths.subList(1, paths.size()), revision));
    }

    private static ZnodeAnswer run(OptimisticTransaction txn, WriteZnodes write, ZnodeRequest request) {
        ZnodeError refusal = Sessions.check(txn, write.session(), write.owner());
        if (refusal != ZnodeError.NONE) {
            txn.undo();
            int operations = Math.max(1, request.operations().size());
            return new ZnodeAnswer(txn.revision(), Collections.nCopies(operations, ZnodeOutcome.failed(refusal)));
        }
        try {
            List<ZnodeOutcome> outcomes = ZnodeTree.write(txn, write, request);
            return new ZnodeAnswer(txn.revision(), outcomes);
        }
        catch (WriteFailure failure) {
            txn.undo();
            return new ZnodeAnswer(txn.revision(), failure.outcomes());
        }
    }

}
