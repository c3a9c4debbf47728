/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.kvorum.proto.etcdserverpb.KVGrpc;

/**
 * A client of a cluster that speaks etcd's v3 API: Kvorum, or etcd. One is enough for an
 * application. Nothing is connected before the first request. Safe for any thread; stages
 * fail with {@link KvException} and complete in threads of the client, which must not be
 * blocked.
 */
public final class KvClient implements AutoCloseable {

    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final SystemTicker ticker = new SystemTicker();

    private final Cluster cluster;

    private final Messages messages;

    private final Queue queue;

    /**
     * Creates a client.
     * @param settings how to reach the servers
     * @throws IllegalArgumentException if an endpoint makes no sense
     */
    public KvClient(KvClientSettings settings) {
        try {
            this.cluster = new Cluster(settings, this.ticker);
        }
        catch (RuntimeException ex) {
            this.ticker.close();
            throw ex;
        }
        this.messages = new Messages(settings.namespace());
        this.queue = new Queue(this, this.cluster);
    }

    /**
     * Creates a client with the usual settings.
     * @param endpoints addresses of members, as {@code http://host:port}
     * @return the client
     */
    public static KvClient of(String... endpoints) {
        return new KvClient(KvClientSettings.of(endpoints));
    }

    /**
     * Returns the same client, for threads that may wait.
     * @return its blocking face
     */
    public BlockingKvClient blocking() {
        return new BlockingKvClient(this);
    }

    /**
     * Reads keys.
     * @param query what to read
     * @return the keys
     */
    public CompletionStage<Result.Range> get(RangeQuery query) {
        return this.cluster.ask(KVGrpc.getRangeMethod(), this.messages.range(query)).thenApply(this.messages::range);
    }

    /**
     * Reads a key, linearizable.
     * @param key the key
     * @return the key as it is, if it exists
     */
    public CompletionStage<Optional<KeyValue>> get(Bytes key) {
        return get(RangeQuery.of(KeyRange.single(key))).thenApply(Result.Range::first);
    }

    /**
     * Writes a key.
     * @param key the key
     * @param value the value
     * @return the revision
     */
    public CompletionStage<Result.Put> put(Bytes key, Bytes value) {
        return put(Operation.put(key, value));
    }

    /**
     * Writes a key.
     * @param put what to write
     * @return the revision
     */
    public CompletionStage<Result.Put> put(Operation.Put put) {
        return this.cluster.order(KVGrpc.getPutMethod(), this.messages.put(put)).thenApply(this.messages::put);
    }

    /**
     * Deletes keys.
     * @param range the keys
     * @return how many there were
     */
    public CompletionStage<Result.Delete> delete(KeyRange range) {
        return this.cluster
            .order(KVGrpc.getDeleteRangeMethod(), this.messages.delete(new Operation.Delete(range, false)))
            .thenApply(this.messages::delete);
    }

    /**
     * Does several things at once, or others.
     * @param txn the transaction
     * @return which branch was taken, and what came of it
     */
    public CompletionStage<Result.Txn> txn(Txn txn) {
        return this.cluster.order(KVGrpc.getTxnMethod(), this.messages.txn(txn)).thenApply(this.messages::txn);
    }

    /**
     * Watches keys, from a revision on.
     * @param range the keys
     * @param after the last revision whose changes are known
     * @param listener hears of later ones
     * @return the watch, once a member has taken it
     */
    public CompletionStage<Watcher> watch(KeyRange range, long after, WatchListener listener) {
        return new WatchLoop(this.cluster, this.messages, range, after, false, listener).start();
    }

    /**
     * Watches keys from now on.
     * @param range the keys
     * @param listener hears of changes that come after the watch was taken
     * @return the watch, once a member has taken it
     */
    public CompletionStage<Watcher> watch(KeyRange range, WatchListener listener) {
        return watch(range, WatchLoop.NOW, listener);
    }

    /**
     * Begins a session.
     * @param settings how long it lives without news
     * @return the session
     */
    public CompletionStage<Session> session(SessionSettings settings) {
        return LeaseSession.open(this.cluster, settings);
    }

    /**
     * Gets a lock: alone, in the order in which it was asked for.
     * @param session who gets it; the lock ends with it
     * @param name the lock; its keys are below {@code name/}
     * @param wait how long to wait; nothing to try once
     * @return the lock, unless it could not be had in time
     */
    public CompletionStage<Optional<Ownership>> lock(Session session, String name, Duration wait) {
        return stand(session, Queue.Line.exclusive(name), Bytes.EMPTY, wait);
    }

    /**
     * Gets a lock together with others who share it: those who want it alone wait.
     * @param session who gets it; the lock ends with it
     * @param name the lock
     * @param wait how long to wait; nothing to try once
     * @return the lock, unless it could not be had in time
     */
    public CompletionStage<Optional<Ownership>> sharedLock(Session session, String name, Duration wait) {
        return stand(session, Queue.Line.shared(name), Bytes.EMPTY, wait);
    }

    /**
     * Stands for election, and completes when elected.
     * @param session who is elected; the term ends with it
     * @param election the election; its keys are below {@code election/}
     * @param proclamation what the others are to see of the leader
     * @return the term: its number is the fencing token
     */
    public CompletionStage<Ownership> campaign(Session session, String election, Bytes proclamation) {
        return stand(session, Queue.Line.exclusive(election), proclamation, FOREVER).thenApply(Optional::orElseThrow);
    }

    /**
     * Returns who is elected now.
     * @param election the election
     * @return the leader's key, with what it proclaims; its create revision is the term
     */
    public CompletionStage<Optional<KeyValue>> leader(String election) {
        return get(RangeQuery.of(KeyRange.prefix(election + "/"))).thenApply((found) -> {
            List<KeyValue> candidates = found.kvs();
            return candidates.stream().min((a, b) -> Long.compare(a.createRevision(), b.createRevision()));
        });
    }

    /**
     * Ends all requests and watches. Sessions run out, unless they were closed before.
     */
    @Override
    public void close() {
        this.cluster.close();
        this.ticker.close();
    }

    private CompletionStage<Optional<Ownership>> stand(Session session, Queue.Line line, Bytes value, Duration wait) {
        CompletableFuture<Place> place = this.queue.enter(session, line, value, wait.toNanos());
        return place.thenApply((reached) -> reached.isFirst() ? Optional.of(reached) : Optional.empty());
    }

}
