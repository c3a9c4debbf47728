/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.zookeeper.proto.GetAllChildrenNumberResponse;
import org.apache.zookeeper.proto.GetEphemeralsResponse;
import org.apache.zookeeper.proto.SyncResponse;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Result;
import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeId;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.tree.AccessControl;
import io.kvorum.server.tree.Paths;
import io.kvorum.server.tree.TreeKey;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.tree.Znode;

/** Answers what needs no log, from what this member has applied. Any thread. */
final class Reads {

    /** What no znode can be called; a zero byte would lead to another kind of key. */
    private static final String NOWHERE = "//";

    private static final int PAGE = 10_000;

    private final Ensemble ensemble;

    Reads(Ensemble ensemble) {
        this.ensemble = ensemble;
    }

    CompletableFuture<Reply> answer(Request.Read request, List<ZnodeId> ids) {
        if (request.path().indexOf('\0') >= 0) {
            ReadReplies.Answer answer = ReadReplies.of(request, null, List.of(), ids);
            return CompletableFuture
                .completedFuture(new Reply(request.xid(), this.ensemble.revision(), answer.error(), null));
        }
        String path = existing(request.path());
        if (request instanceof Request.GetChildren) {
            return answers(List.of(request), ids).thenApply((many) -> reply(request, many.revision, many.all.get(0)));
        }
        return this.ensemble.range(TreeKeys.record(path)).thenApply((range) -> {
            Znode znode = Znode.of(path, range.range().kvs());
            return reply(request, range.revision(), ReadReplies.of(request, znode, List.of(), ids));
        });
    }

    /** Answers several reads at one revision. */
    CompletableFuture<Reply> answer(Request.MultiRead request, List<ZnodeId> ids) {
        return answers(request.reads(), ids).thenApply(
                (many) -> Reply.ok(request.xid(), many.revision, ReadReplies.together(request.reads(), many.all)));
    }

    /** Tells how many znodes there are below one, as they come by. */
    CompletableFuture<Reply> answer(Request.CountDescendants request, List<ZnodeId> ids) {
        String path = existing(request.path());
        return znodes(List.of(path)).thenCompose((found) -> {
            Znode znode = found.znodes().get(0);
            if (znode == null || !AccessControl.allows(znode.acl(), ZnodeAcl.READ, ids)) {
                int error = (znode == null) ? ErrorCodes.NO_NODE : ErrorCodes.NO_AUTH;
                return CompletableFuture.completedFuture(Reply.failed(request.xid(), found.revision(), error));
            }
            int fixed = Paths.fixedBelow(path);
            return countLevel(path, 1, 0).thenApply((count) -> Reply.ok(request.xid(), found.revision(),
                    new GetAllChildrenNumberResponse(count + fixed)));
        });
    }

    /** Lists ephemeral znodes of a session. */
    CompletableFuture<Reply> answer(Request.ListEphemerals request, long session) {
        String prefix = request.prefix().trim();
        boolean all = prefix.isEmpty() || prefix.equals("/");
        return this.ensemble.keysOf(session).thenApply((keys) -> {
            List<String> paths = new ArrayList<>();
            for (Bytes key : keys) {
                TreeKey parsed = TreeKeys.parse(key);
                if (parsed != null && parsed.kind() == TreeKey.Kind.NODE
                        && (all || parsed.path().startsWith(request.prefix()))) {
                    paths.add(parsed.path());
                }
            }
            return Reply.ok(request.xid(), this.ensemble.revision(), new GetEphemeralsResponse(paths));
        });
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
                znodes.add(Znode.of(existing(paths.get(i)), keys(txn.responses().get(i))));
            }
            return new Many(txn.revision(), znodes);
        });
    }

    private CompletableFuture<Answers> answers(List<Request.Read> requests, List<ZnodeId> ids) {
        List<RangeQuery> queries = new ArrayList<>();
        for (Request.Read request : requests) {
            queries.add(RangeQuery.of(TreeKeys.record(existing(request.path()))));
            if (request instanceof Request.GetChildren) {
                queries.add(names(TreeKeys.childrenOf(existing(request.path())), 0));
            }
        }
        return this.ensemble.read(queries).thenApply((txn) -> {
            Iterator<Result> results = txn.responses().iterator();
            List<ReadReplies.Answer> answers = new ArrayList<>(requests.size());
            for (Request.Read request : requests) {
                Znode znode = Znode.of(existing(request.path()), keys(results.next()));
                List<KeyValue> below = (request instanceof Request.GetChildren) ? keys(results.next()) : List.of();
                answers.add(ReadReplies.of(request, znode, below, ids));
            }
            return new Answers(txn.revision(), answers);
        });
    }

    /**
     * Names a znode as it is stored. ZooKeeper finds the root below the empty path as
     * well, but calls only the other one by it in events.
     */
    private static String existing(String path) {
        return path.isEmpty() ? "/" : (path.indexOf('\0') < 0) ? path : NOWHERE;
    }

    /** Counts what is on a level and, unless there is nothing, on those below it. */
    private CompletableFuture<Integer> countLevel(String path, int level, int before) {
        return countPage(TreeKeys.below(path, level), 0).thenCompose((here) -> {
            boolean last = here == 0 && Paths.fixedLevels(path) < level;
            return last ? CompletableFuture.completedFuture(before) : countLevel(path, level + 1, before + here);
        });
    }

    private CompletableFuture<Integer> countPage(KeyRange rest, int before) {
        return this.ensemble.read(List.of(names(rest, PAGE))).thenCompose((txn) -> {
            List<KeyValue> page = keys(txn.responses().get(0));
            int count = before
                    + (int) page.stream().map((kv) -> TreeKeys.parse(kv.key())).filter(Reads::counts).count();
            if (page.size() < PAGE) {
                return CompletableFuture.completedFuture(count);
            }
            return countPage(new KeyRange(page.get(page.size() - 1).key().successor(), rest.end()), count);
        });
    }

    /** Fixed znodes have a key only once somebody has written them. */
    private static boolean counts(@Nullable TreeKey key) {
        return key != null && key.kind() == TreeKey.Kind.NODE && !Paths.isFixed(key.path());
    }

    private static RangeQuery names(KeyRange range, int limit) {
        return new RangeQuery(range, 0, limit, RangeQuery.Sort.NONE, RangeQuery.RevisionFilter.NONE, true, false);
    }

    private static List<KeyValue> keys(Result range) {
        return ((Result.Range) range).range().kvs();
    }

    private static Reply reply(Request.Read request, long revision, ReadReplies.Answer answer) {
        return new Reply(request.xid(), revision, answer.error(), answer.body());
    }

    private record Answers(long revision, List<ReadReplies.Answer> all) {
    }

    /** Several znodes at one revision; those that do not exist are {@code null}. */
    record Many(long revision, List<@Nullable Znode> znodes) {
    }

}
