/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.kvorum.server.command.Result;
import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.tree.AccessControl;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.watch.WatchSink;

/**
 * Finds out who may hear of events: those who may read the znode, or might when it was
 * deleted. As long as every znode is open to everybody there is nothing to find out. Safe
 * for any thread.
 */
final class EventReaders {

    private final Ensemble ensemble;

    /** As long as it is not known, it is not so. */
    @GuardedBy("this")
    private boolean open;

    @GuardedBy("this")
    private boolean restricted;

    EventReaders(Ensemble ensemble) {
        this.ensemble = ensemble;
    }

    /** Finds out whether there ever was anything to find out. */
    void start() {
        this.ensemble.range(KeyRange.single(TreeKeys.RESTRICTED)).whenComplete((found, failure) -> {
            if (failure == null && found.range().kvs().isEmpty()) {
                becomeOpen();
            }
        });
    }

    /** Tells whether events are for everybody, these included. */
    synchronized boolean areOpen(List<WatchSink.Delivered> events) {
        if (!this.restricted) {
            this.restricted = events.stream()
                .anyMatch((delivered) -> delivered.event().kv().key().equals(TreeKeys.RESTRICTED));
        }
        return this.open && !this.restricted;
    }

    private synchronized void becomeOpen() {
        this.open = true;
    }

    /** Returns the events with the lists that say who may hear of them. */
    CompletableFuture<List<TreeEvent>> find(List<TreeEvent> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(events);
        }
        List<RangeQuery> queries = new ArrayList<>(events.size());
        for (TreeEvent event : events) {
            boolean deleted = event.kind() == TreeEvent.Kind.DELETED;
            queries.add(RangeQuery.of(KeyRange.single(TreeKeys.side(event.path())))
                .at(deleted ? event.zxid() - 1 : event.zxid()));
        }
        return this.ensemble.read(queries).thenApply((found) -> {
            List<TreeEvent> known = new ArrayList<>(events.size());
            for (int i = 0; i < events.size(); i++) {
                List<ZnodeAcl> acl = AccessControl.listIn(((Result.Range) found.responses().get(i)).range().kvs());
                known.add(events.get(i).with(acl));
            }
            return known;
        });
    }

}
