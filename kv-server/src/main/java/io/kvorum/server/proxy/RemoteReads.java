/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;

/**
 * Reads at the revision that this proxy has heard of all changes up to: so no client sees
 * anything before the event that tells of it, and nobody goes back in time. Safe for any
 * thread.
 */
final class RemoteReads {

    private static final int MAX_ATTEMPTS = 5;

    private static final long RETRY_MILLIS = 50;

    private final RemoteCluster cluster;

    private final KeyMapping keys;

    private final RemoteChanges changes;

    private final Marks marks;

    private final int maxTxnOps;

    private final ScheduledExecutorService later;

    RemoteReads(RemoteCluster cluster, KeyMapping keys, RemoteChanges changes, Marks marks, int maxTxnOps,
            ScheduledExecutorService later) {
        this.cluster = cluster;
        this.keys = keys;
        this.changes = changes;
        this.marks = marks;
        this.maxTxnOps = maxTxnOps;
        this.later = later;
    }

    /** Reads ranges at one revision. */
    CompletableFuture<Result.Txn> read(List<RangeQuery> queries) {
        CompletableFuture<Result.Txn> answer = new CompletableFuture<>();
        attempt(queries, 1, true, answer);
        return answer;
    }

    private void attempt(List<RangeQuery> queries, int attempt, boolean serializable,
            CompletableFuture<Result.Txn> answer) {
        long revision = this.changes.revision();
        part(queries, revision, serializable, new ArrayList<>()).whenComplete((ranges, failure) -> {
            if (failure == null) {
                answer.complete(new Result.Txn(revision, true, ranges));
                return;
            }
            KvException known = RemoteFailures.of(failure);
            if (attempt < MAX_ATTEMPTS && known.code() == Code.FUTURE_REVISION) {
                // Another member answered, which is behind: it has to ask the leader.
                attempt(queries, attempt + 1, false, answer);
            }
            else if (attempt < MAX_ATTEMPTS && isLost(known)) {
                this.later.schedule(() -> attempt(queries, attempt + 1, serializable, answer), RETRY_MILLIS,
                        TimeUnit.MILLISECONDS);
            }
            else if (attempt < MAX_ATTEMPTS && known.code() == Code.COMPACTED) {
                // Nothing has changed in the tree for long, and history was cut behind
                // it.
                this.marks.mark().whenComplete((marked, failed) -> {
                    if (failed != null) {
                        answer.completeExceptionally(RemoteFailures.of(failed));
                    }
                    else {
                        attempt(queries, attempt + 1, false, answer);
                    }
                });
            }
            else {
                answer.completeExceptionally(known);
            }
        });
    }

    private static boolean isLost(KvException failure) {
        return failure.code() == Code.TIMEOUT_CONNECTION_LOST || failure.code() == Code.TIMEOUT;
    }

    /** Reads as many ranges as the cluster allows at a time, and then the others. */
    private CompletableFuture<List<Result>> part(List<RangeQuery> queries, long revision, boolean serializable,
            List<Result> read) {
        int end = Math.min(read.size() + this.maxTxnOps, queries.size());
        List<RangeQuery> next = queries.subList(read.size(), end);
        return ranges(next, revision, serializable).thenCompose((ranges) -> {
            ranges.forEach((range) -> read.add(new Result.Range(revision, result(range))));
            return (read.size() == queries.size()) ? CompletableFuture.completedFuture(read)
                    : part(queries, revision, serializable, read);
        });
    }

    private CompletableFuture<List<RangeResponse>> ranges(List<RangeQuery> queries, long revision,
            boolean serializable) {
        if (queries.size() == 1) {
            return this.cluster.range(request(queries.get(0), revision, serializable)).thenApply(List::of);
        }
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        queries.forEach((query) -> txn
            .addSuccess(RequestOp.newBuilder().setRequestRange(request(query, revision, serializable))));
        return this.cluster.txn(txn.build()).thenApply((answer) -> {
            List<RangeResponse> ranges = new ArrayList<>(answer.getResponsesCount());
            answer.getResponsesList().forEach((response) -> ranges.add(response.getResponseRange()));
            return ranges;
        });
    }

    private RangeRequest request(RangeQuery query, long revision, boolean serializable) {
        return RangeRequest.newBuilder()
            .setKey(this.keys.remote(query.range().start()))
            .setRangeEnd(this.keys.remoteEnd(query.range()))
            .setRevision((query.revision() != 0) ? query.revision() : revision)
            .setLimit(query.limit())
            .setKeysOnly(query.keysOnly())
            .setCountOnly(query.countOnly())
            .setSerializable(serializable)
            .build();
    }

    private RangeResult result(RangeResponse range) {
        List<KeyValue> kvs = new ArrayList<>(range.getKvsCount());
        range.getKvsList().forEach((kv) -> kvs.add(this.keys.local(kv)));
        return new RangeResult(kvs, range.getMore(), range.getCount());
    }

}
