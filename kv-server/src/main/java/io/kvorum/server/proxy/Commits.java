/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.TxnResponse;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/**
 * Carries procedures of the tree out over the remote cluster: reads what they need, runs
 * them, and commits on the condition that what they read is still there; otherwise does
 * it all again with what is there now. Safe for any thread.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>What a procedure answers was true at the revision it is answered with, also when it
 * is that nothing can be done: then a mark is written, on the same condition.</li>
 * <li>A commit whose fate is unknown is never tried again.</li>
 * </ol>
 */
final class Commits {

    /** Attempts without a pause: another proxy was faster, and is through. */
    private static final int EAGER_ATTEMPTS = 3;

    private static final int LONGEST_PAUSE_MILLIS = 64;

    private final RemoteCluster cluster;

    private final KeyMapping keys;

    private final ProxySettings settings;

    private final RecordCache cache;

    private final ScheduledExecutorService later;

    private final IntUnaryOperator random;

    Commits(RemoteCluster cluster, KeyMapping keys, ProxySettings settings, ScheduledExecutorService later,
            IntUnaryOperator random) {
        this.cluster = cluster;
        this.keys = keys;
        this.settings = settings;
        this.cache = new RecordCache(settings.cacheBytes());
        this.later = later;
        this.random = random;
    }

    /**
     * Carries a procedure out.
     * @param procedure what to do; runs as often as it takes, and does the same each time
     * @param expected what it will probably read
     * @param sessionLease the lease for the key of the session, if it writes that
     * @return what the procedure answered when it was committed
     */
    <T> CompletableFuture<T> run(Procedure<T> procedure, Collection<KeyRange> expected, long sessionLease) {
        Attempt<T> attempt = new Attempt<>(procedure, sessionLease);
        attempt.begin(expected);
        return attempt.done;
    }

    /** Reads ranges as they are now, on the member that answers. */
    private CompletableFuture<Void> fetch(ReadSet reads, Collection<KeyRange> wanted) {
        List<KeyRange> ranges = List.copyOf(wanted);
        TxnRequest.Builder request = TxnRequest.newBuilder();
        ranges.forEach((range) -> request.addSuccess(RequestOp.newBuilder()
            .setRequestRange(RangeRequest.newBuilder()
                .setKey(this.keys.remote(range.start()))
                .setRangeEnd(this.keys.remoteEnd(range))
                .setSerializable(true))));
        return this.cluster.txn(request.build()).thenAccept((answer) -> learn(reads, ranges, answer));
    }

    /** Takes what ranges hold from the answer to a transaction that has read them. */
    private void learn(ReadSet reads, List<KeyRange> ranges, TxnResponse answer) {
        for (int i = 0; i < ranges.size(); i++) {
            List<KeyValue> kvs = answer.getResponses(i)
                .getResponseRange()
                .getKvsList()
                .stream()
                .map(this.keys::local)
                .toList();
            ReadSet.Known known = ReadSet.Known.of(ranges.get(i), kvs, answer.getHeader().getRevision());
            reads.put(known);
            this.cache.put(known);
        }
    }

    /** What is done to the tree. */
    interface Procedure<T> {

        /** Does it. */
        T run(OptimisticTransaction txn);

    }

    /** One procedure on its way. */
    private final class Attempt<T> {

        private final Procedure<T> procedure;

        private final long sessionLease;

        private final ReadSet reads = new ReadSet();

        private final CompletableFuture<T> done = new CompletableFuture<>();

        private int tries;

        Attempt(Procedure<T> procedure, long sessionLease) {
            this.procedure = procedure;
            this.sessionLease = sessionLease;
        }

        /** Begins with what is known already; it may be out of date. */
        void begin(Collection<KeyRange> expected) {
            List<KeyRange> unknown = new ArrayList<>();
            for (KeyRange range : expected) {
                ReadSet.Known known = Commits.this.cache.get(range);
                if (known != null) {
                    this.reads.put(known);
                }
                else {
                    unknown.add(range);
                }
            }
            if (unknown.isEmpty()) {
                proceed();
            }
            else {
                read(unknown);
            }
        }

        /** Reads, in as many requests as it takes, and goes on. */
        void read(Collection<KeyRange> ranges) {
            List<KeyRange> all = new ArrayList<>(ranges);
            List<KeyRange> now = all.subList(0, Math.min(all.size(), Commits.this.settings.maxTxnOps()));
            List<KeyRange> rest = all.subList(now.size(), all.size());
            fetch(this.reads, now).whenComplete((read, failure) -> {
                if (failure != null) {
                    this.done.completeExceptionally(RemoteFailures.of(failure));
                }
                else if (rest.isEmpty()) {
                    proceed();
                }
                else {
                    read(rest);
                }
            });
        }

        private void proceed() {
            try {
                run();
            }
            catch (RuntimeException ex) {
                this.done.completeExceptionally(ex);
            }
        }

        private void run() {
            OptimisticTransaction txn = new OptimisticTransaction(this.reads, 1, this.sessionLease);
            this.procedure.run(txn);
            if (!txn.mayCommit()) {
                read(txn.missing());
                return;
            }
            CommitRequest commit = new CommitRequest(Commits.this.keys, Commits.this.settings.maxTxnOps());
            Commits.this.cluster.txn(commit.of(txn)).whenComplete((answer, failure) -> {
                if (failure != null) {
                    this.done.completeExceptionally(RemoteFailures.of(failure));
                }
                else if (answer.getSucceeded()) {
                    committed(txn, answer.getHeader().getRevision());
                }
                else {
                    learn(this.reads, commit.read(), answer);
                    again();
                }
            });
        }

        /** Lets the procedure say what it did, now that the revision is known. */
        private void committed(OptimisticTransaction guess, long revision) {
            try {
                OptimisticTransaction txn = new OptimisticTransaction(guess.reads(), revision, this.sessionLease);
                T result = this.procedure.run(txn);
                txn.after().forEach(Commits.this.cache::put);
                this.done.complete(result);
            }
            catch (RuntimeException ex) {
                this.done.completeExceptionally(ex);
            }
        }

        private void again() {
            this.tries++;
            if (this.tries >= Commits.this.settings.maxAttempts()) {
                this.done.completeExceptionally(new KvException(Code.TOO_MANY_REQUESTS,
                        "others have changed the same znodes " + this.tries + " times", null));
            }
            else if (this.tries < EAGER_ATTEMPTS) {
                proceed();
            }
            else {
                int longest = Math.min(LONGEST_PAUSE_MILLIS, 1 << Math.min(this.tries, 10));
                Commits.this.later.schedule(this::proceed, 1 + Commits.this.random.applyAsInt(longest),
                        TimeUnit.MILLISECONDS);
            }
        }

    }

}
