/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.command.ExpireZnodes;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Clock;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.tree.Expiry;
import io.kvorum.server.tree.TreeKey;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.tree.Znode;

/**
 * Looks for containers and znodes with a TTL whose time has come, and has them deleted
 * through the log. One member does so, with its clock; apply looks again whether it is
 * true. Safe for any thread.
 */
public final class TransientZnodes implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(TransientZnodes.class);

    private static final int PAGE = 1000;

    private static final int MAX_PER_COMMAND = 100;

    private final Ensemble ensemble;

    private final BooleanSupplier inCharge;

    private final TransientSettings settings;

    private final Clock clock;

    private final Reads reads;

    private final AtomicBoolean looking = new AtomicBoolean();

    private final ScheduledExecutorService timer = Executors
        .newSingleThreadScheduledExecutor(new DefaultThreadFactory("zookeeper-transient", true));

    /**
     * Creates what looks for them; it does not look yet.
     * @param node the member
     * @param inCharge whether this member is the one to look: only the leader is
     * @param settings how often, and how many
     * @param clock the time
     */
    public TransientZnodes(KvNode node, BooleanSupplier inCharge, TransientSettings settings, Clock clock) {
        this(new NodeEnsemble(node), inCharge, settings, clock);
    }

    /**
     * Creates what looks for those that somebody else keeps; it does not look yet.
     * @param ensemble keeps the tree
     * @param inCharge whether to look
     * @param settings how often, and how many
     * @param clock the time
     */
    public TransientZnodes(Ensemble ensemble, BooleanSupplier inCharge, TransientSettings settings, Clock clock) {
        this.ensemble = ensemble;
        this.inCharge = inCharge;
        this.settings = settings;
        this.clock = clock;
        this.reads = new Reads(ensemble);
    }

    /** Begins to look from time to time. */
    public void start() {
        long millis = this.settings.checkInterval().toMillis();
        this.timer.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        this.timer.shutdown();
    }

    private void tick() {
        if (this.inCharge.getAsBoolean() && this.looking.compareAndSet(false, true)) {
            look().whenComplete((deleted, failure) -> {
                this.looking.set(false);
                if (failure != null) {
                    logger.debug("zookeeper.transient-look-failed", failure);
                }
            });
        }
    }

    /** Looks at all of them once. */
    CompletableFuture<Void> look() {
        return page(TreeKeys.TRANSIENTS, this.settings.maxDeletesPerLook());
    }

    private CompletableFuture<Void> page(KeyRange rest, int allowed) {
        if (allowed <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        RangeQuery query = new RangeQuery(rest, 0, PAGE, RangeQuery.Sort.NONE, RangeQuery.RevisionFilter.NONE, true,
                false);
        return this.ensemble.read(List.of(query)).thenCompose((result) -> {
            List<KeyValue> marks = ((Result.Range) result.responses().get(0)).range().kvs();
            if (marks.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            Bytes last = marks.get(marks.size() - 1).key();
            KeyRange behind = new KeyRange(last.successor(), rest.end());
            return due(marks).thenCompose((paths) -> delete(paths.subList(0, Math.min(paths.size(), allowed)))
                .thenCompose((done) -> page(behind, allowed - paths.size())));
        });
    }

    private CompletableFuture<List<String>> due(List<KeyValue> marks) {
        List<String> paths = new ArrayList<>(marks.size());
        for (KeyValue mark : marks) {
            TreeKey key = TreeKeys.parse(mark.key());
            if (key != null) {
                paths.add(key.path());
            }
        }
        return this.reads.znodes(paths).thenApply((found) -> {
            long now = this.clock.currentTimeMillis();
            List<String> due = new ArrayList<>();
            for (@Nullable
            Znode znode : found.znodes()) {
                if (znode != null && Expiry.isDue(znode, now, this.settings.neverUsed().toMillis())) {
                    due.add(znode.path());
                }
            }
            return due;
        });
    }

    private CompletableFuture<Void> delete(List<String> paths) {
        if (paths.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<String> first = paths.subList(0, Math.min(paths.size(), MAX_PER_COMMAND));
        List<String> others = paths.subList(first.size(), paths.size());
        return this.ensemble
            .propose(new ExpireZnodes(this.clock.currentTimeMillis(), this.settings.neverUsed().toMillis(), first))
            .thenCompose((done) -> delete(others));
    }

}
