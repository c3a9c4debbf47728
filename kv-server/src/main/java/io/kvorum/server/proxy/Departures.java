/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.tree.Sessions;
import io.kvorum.server.tree.TreeKey;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.watch.WatchSink;

/**
 * Deletes the znodes of sessions that are gone. Every proxy tries; the one whose
 * transaction is first wins, and to the others there is nothing left. What nobody was
 * there to see is found when a proxy starts. Safe for any thread.
 */
final class Departures implements WatchSink {

    private static final Logger logger = LoggerFactory.getLogger(Departures.class);

    private static final long RETRY_MILLIS = 1000;

    private static final int PAGE = 1000;

    private final RemoteCluster cluster;

    private final KeyMapping keys;

    private final Commits commits;

    private final SessionLeases leases;

    private final int partSize;

    private final ScheduledExecutorService later;

    Departures(RemoteCluster cluster, KeyMapping keys, Commits commits, SessionLeases leases, int maxTxnOps,
            ScheduledExecutorService later) {
        this.cluster = cluster;
        this.keys = keys;
        this.commits = commits;
        this.leases = leases;
        // Each znode costs two deletions, and its parent two comparisons and a write.
        this.partSize = Math.max(1, maxTxnOps / 4);
        this.later = later;
    }

    /** Looks for what is left of sessions that nobody saw go. */
    void search() {
        page(KeyMapping.allOwned());
    }

    @Override
    public boolean deliver(List<Delivered> events, long revision) {
        for (Delivered delivered : events) {
            Event event = delivered.event();
            TreeKey key = (event.type() == Event.Type.DELETE) ? TreeKeys.parse(event.kv().key()) : null;
            if (key != null && key.kind() == TreeKey.Kind.SESSION) {
                this.leases.forget(key.session());
                gone(key.session());
            }
        }
        return true;
    }

    @Override
    public void compacted(long compactRevision) {
        search();
    }

    /** Deletes what a session that is gone has left; completes with the last revision. */
    CompletableFuture<Long> clear(long session) {
        return part(session, Integer.MAX_VALUE, 0);
    }

    private void gone(long session) {
        clear(session).whenComplete((revision, failure) -> {
            if (failure != null) {
                logger.warn("proxy.departure-delayed session={} reason=\"{}\"", Long.toHexString(session),
                        failure.getMessage());
                this.later.schedule(() -> gone(session), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    private CompletableFuture<Long> part(long session, int most, long last) {
        KeyRange owned = KeyMapping.ownedBy(session);
        RangeRequest count = request(owned).setCountOnly(true).build();
        return this.cluster.range(count).thenCompose((answer) -> {
            if (answer.getCount() == 0) {
                return CompletableFuture.completedFuture(last);
            }
            return this.commits.run((txn) -> {
                txn.limitOwned(most);
                if (Sessions.find(txn, session) == null) {
                    Sessions.end(txn, session);
                }
                return txn.revision();
            }, List.of(KeyRange.single(TreeKeys.session(session)), owned), 0)
                .exceptionallyCompose(
                        (failure) -> (RemoteFailures.of(failure).code() == Code.TOO_MANY_OPS && most > this.partSize)
                                ? part(session, this.partSize, last) : CompletableFuture.failedFuture(failure))
                .thenCompose((revision) -> (most == Integer.MAX_VALUE) ? CompletableFuture.completedFuture(revision)
                        : part(session, most, revision));
        });
    }

    private void page(KeyRange range) {
        RangeRequest page = request(range).setKeysOnly(true).setLimit(PAGE).build();
        this.cluster.range(page).whenComplete((answer, failure) -> {
            if (failure != null) {
                this.later.schedule(() -> page(range), RETRY_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
            Set<Long> owners = new LinkedHashSet<>();
            Bytes last = range.start();
            for (io.kvorum.proto.mvccpb.KeyValue kv : answer.getKvsList()) {
                last = this.keys.local(kv.getKey());
                owners.add(KeyMapping.ownerOf(last));
            }
            owners.forEach(this::clearIfGone);
            if (answer.getMore()) {
                page(new KeyRange(last.successor(), range.end()));
            }
        });
    }

    private void clearIfGone(long session) {
        KeyRange key = KeyRange.single(TreeKeys.session(session));
        this.cluster.range(request(key).setCountOnly(true).build()).whenComplete((answer, failure) -> {
            if (failure != null) {
                this.later.schedule(() -> clearIfGone(session), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
            else if (answer.getCount() == 0) {
                gone(session);
            }
        });
    }

    private RangeRequest.Builder request(KeyRange range) {
        return RangeRequest.newBuilder()
            .setKey(this.keys.remote(range.start()))
            .setRangeEnd(this.keys.remoteEnd(range));
    }

}
