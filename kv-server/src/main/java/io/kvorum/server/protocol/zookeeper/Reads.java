/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.apache.jute.Record;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.proto.ExistsResponse;
import org.apache.zookeeper.proto.GetACLResponse;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetChildrenResponse;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.SyncResponse;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Result;
import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.tree.Children;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.tree.Znode;

/** Answers what needs no log, from what this member has applied. Any thread. */
final class Reads {

    /** What no znode can be called; a zero byte would lead to another kind of key. */
    private static final String NOWHERE = "//";

    private final Ensemble ensemble;

    Reads(Ensemble ensemble) {
        this.ensemble = ensemble;
    }

    CompletableFuture<Reply> answer(Request.Read request) {
        String path = request.path();
        if (path.indexOf('\0') >= 0) {
            int error = (request instanceof Request.Exists) ? ErrorCodes.BAD_ARGUMENTS : ErrorCodes.NO_NODE;
            return CompletableFuture.completedFuture(Reply.failed(request.xid(), this.ensemble.revision(), error));
        }
        if (request instanceof Request.GetChildren children) {
            return children(children, existing(path));
        }
        return znode(existing(path), (found) -> reply(request, found, (znode) -> body(request, znode)));
    }

    /** Waits until everything that is acknowledged anywhere is applied here. */
    CompletableFuture<Reply> sync(Request.Sync request) {
        return this.ensemble.sync()
            .thenApply((revision) -> Reply.ok(request.xid(), revision, new SyncResponse(request.path())));
    }

    /** Reads several znodes at one revision. */
    CompletableFuture<Many> znodes(List<String> paths) {
        List<RangeQuery> ranges = new ArrayList<>(paths.size());
        paths.forEach((path) -> ranges.add(RangeQuery.of(TreeKeys.record(existing(path)))));
        return this.ensemble.read(ranges).thenApply((txn) -> {
            List<@Nullable Znode> znodes = new ArrayList<>(paths.size());
            for (int i = 0; i < paths.size(); i++) {
                znodes.add(Znode.of(existing(paths.get(i)), ((Result.Range) txn.responses().get(i)).range().kvs()));
            }
            return new Many(txn.revision(), znodes);
        });
    }

    private CompletableFuture<Reply> znode(String path, Function<Found, Reply> then) {
        return this.ensemble.range(TreeKeys.record(path))
            .thenApply((range) -> then.apply(new Found(range.revision(), Znode.of(path, range.range().kvs()))));
    }

    private CompletableFuture<Reply> children(Request.GetChildren request, String path) {
        RangeQuery names = new RangeQuery(TreeKeys.childrenOf(path), 0, 0, RangeQuery.Sort.NONE,
                RangeQuery.RevisionFilter.NONE, true, false);
        return this.ensemble.read(List.of(RangeQuery.of(TreeKeys.record(path)), names)).thenApply((txn) -> {
            Result.Range own = (Result.Range) txn.responses().get(0);
            Result.Range below = (Result.Range) txn.responses().get(1);
            Found found = new Found(txn.revision(), Znode.of(path, own.range().kvs()));
            return reply(request, found, (znode) -> {
                List<String> children = Children.names(path, below.range().kvs());
                return request.withStat() ? new GetChildren2Response(children, Stats.of(znode.stat()))
                        : new GetChildrenResponse(children);
            });
        });
    }

    /**
     * Names a znode as it is stored. ZooKeeper finds the root below the empty path as
     * well, but calls only the other one by it in events.
     */
    private static String existing(String path) {
        return path.isEmpty() ? "/" : (path.indexOf('\0') < 0) ? path : NOWHERE;
    }

    private static Reply reply(Request.Read request, Found found, Function<Znode, Record> body) {
        Znode znode = found.znode;
        return (znode == null) ? Reply.failed(request.xid(), found.revision, ErrorCodes.NO_NODE)
                : Reply.ok(request.xid(), found.revision, body.apply(znode));
    }

    private static Record body(Request.Read request, Znode znode) {
        if (request instanceof Request.GetData) {
            Bytes data = znode.data();
            return new GetDataResponse((data != null) ? data.array() : null, Stats.of(znode.stat()));
        }
        if (request instanceof Request.GetAcl) {
            ZnodeAcl open = ZnodeAcl.OPEN;
            return new GetACLResponse(List.of(new ACL(open.permissions(), new Id(open.scheme(), open.id()))),
                    Stats.of(znode.stat()));
        }
        return new ExistsResponse(Stats.of(znode.stat()));
    }

    private record Found(long revision, @Nullable Znode znode) {
    }

    /** Several znodes at one revision; those that do not exist are {@code null}. */
    record Many(long revision, List<@Nullable Znode> znodes) {
    }

}
