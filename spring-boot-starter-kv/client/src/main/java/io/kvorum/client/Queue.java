/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Sessions that want the same thing, in the order in which they asked for it: each has a
 * key, and waits for those with a smaller create revision. The same recipe as that of
 * etcd's own clients, which can stand in the same line: keys below {@code name/} that
 * live with a lease. Safe for any thread.
 */
final class Queue {

    /** Several places of one session have different keys. */
    private static final AtomicLong places = new AtomicLong();

    private final KvClient client;

    private final Cluster cluster;

    Queue(KvClient client, Cluster cluster) {
        this.client = client;
        this.cluster = cluster;
    }

    /**
     * Stands in line until it is this session's turn.
     * @param session who waits
     * @param line what for
     * @param value what the key says to those who look
     * @param waitNanos how long to wait; after that the place is given up
     * @return the place, at the head of the line unless it took too long
     */
    CompletableFuture<Place> enter(Session session, Line line, Bytes value, long waitNanos) {
        long until = this.cluster.ticker().nanoTime() + waitNanos;
        Bytes key = line.prefix()
            .concat(Bytes.utf8(line.kind() + HexFormat.of().toHexDigits(session.lease()) + "-"
                    + Long.toHexString(places.incrementAndGet())));
        Txn create = Txn.when(Compare.isAbsent(key)).then(Operation.put(key, value).withLease(session.lease()));
        Place place = new Place(this.client, this.cluster.ticker(), session, key);
        return this.client.txn(create).toCompletableFuture().thenCompose((created) -> {
            place.created(created.revision());
            return advance(place, line, until);
        }).whenComplete((turn, failure) -> {
            if (failure != null || !turn.isFirst()) {
                place.close();
            }
        });
    }

    private CompletableFuture<Place> advance(Place place, Line line, long until) {
        if (!place.session().isAlive()) {
            return CompletableFuture.failedFuture(lost(line));
        }
        return this.client.get(RangeQuery.of(KeyRange.prefix(line.prefix())))
            .toCompletableFuture()
            .thenCompose((found) -> {
                List<KeyValue> all = found.kvs();
                if (all.stream().noneMatch((kv) -> kv.key().equals(place.key()))) {
                    throw lost(line);
                }
                KeyValue ahead = null;
                for (KeyValue kv : all) {
                    boolean earlier = kv.createRevision() < place.fencingToken() && line.before().test(kv.key());
                    if (earlier && (ahead == null || kv.createRevision() > ahead.createRevision())) {
                        ahead = kv;
                    }
                }
                if (ahead == null) {
                    return place.first(found.revision());
                }
                return gone(ahead, found.revision(), place, until).thenCompose(
                        (inTime) -> inTime ? advance(place, line, until) : CompletableFuture.completedFuture(place));
            });
    }

    /** Completes when a key is gone, or when nobody wants to wait any longer. */
    private CompletableFuture<Boolean> gone(KeyValue ahead, long revision, Place place, long until) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        long left = until - this.cluster.ticker().nanoTime();
        if (left <= 0) {
            return CompletableFuture.completedFuture(false);
        }
        Ticker.Pending patience = this.cluster.ticker().after(left, TimeUnit.NANOSECONDS, () -> over.complete(false));
        place.session().ended().thenAccept((why) -> over.complete(true));
        this.client.watch(KeyRange.single(ahead.key()), revision, new UntilDeleted(over))
            .whenComplete((watcher, failure) -> {
                if (failure != null) {
                    over.completeExceptionally(failure);
                }
                else {
                    over.whenComplete((result, problem) -> watcher.close());
                }
            });
        return over.whenComplete((result, problem) -> patience.cancel());
    }

    private static KvException lost(Line line) {
        return new KvException(KvException.Code.SESSION_LOST,
                "the place in line for " + line.prefix() + " is gone: its session has ended", null);
    }

    /**
     * What a line is about.
     *
     * @param prefix what all its keys begin with
     * @param kind what a key has behind it
     * @param before which keys must be gone first
     */
    record Line(Bytes prefix, String kind, Predicate<Bytes> before) {

        static Line exclusive(String name) {
            return new Line(Bytes.utf8(name + "/"), "", (key) -> true);
        }

        static Line shared(String name) {
            Bytes readers = Bytes.utf8(name + "/read-");
            return new Line(Bytes.utf8(name + "/"), "read-", (key) -> !key.startsWith(readers));
        }

    }

    private record UntilDeleted(CompletableFuture<Boolean> over) implements WatchListener {

        @Override
        public void changed(List<Event> events, long revision) {
            if (events.stream().anyMatch((event) -> event.type() == Event.Type.DELETE)) {
                this.over.complete(true);
            }
        }

        @Override
        public void missed(Result.Range range) {
            // Whatever happened: the line is looked at again.
            this.over.complete(true);
        }

        @Override
        public void ended(KvException failure) {
            this.over.completeExceptionally(failure);
        }

    }

}
