/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Event;
import io.kvorum.server.tree.Session;
import io.kvorum.server.tree.TreeKey;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.watch.WatchHub;
import io.kvorum.server.watch.WatchSink;
import io.kvorum.server.watch.WatchSpec;
import io.kvorum.server.watch.Watcher;

/**
 * Brings the changes of the tree to the connections that care: one watcher of the hub for
 * all of them, from the first session on, so that a member without ZooKeeper clients pays
 * nothing. Safe for any thread.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>A connection that is interested in a path before it reads gets every event of that
 * path with a greater revision than the read's.</li>
 * <li>When the feed has delivered up to a revision, every event up to it was posted to
 * the connections that are interested.</li>
 * </ol>
 */
final class WatchFeed implements WatchSink, AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(WatchFeed.class);

    /** The hub is reading history: looks again after a moment. */
    private static final long RETRY_MILLIS = 5;

    /**
     * Batches of events of which it is not yet known who may hear of them; with more, the
     * hub waits.
     */
    private static final int MAX_BATCHES = 64;

    private static final int MAX_ATTEMPTS = 100;

    private final WatchHub hub;

    private final EventReaders readers;

    private final ScheduledExecutorService later;

    private final Map<String, Set<ClientConnection>> interested = new ConcurrentHashMap<>();

    /** Connections that want to hear of everything below a path as well. */
    private final Map<String, Set<ClientConnection>> interestedBelow = new ConcurrentHashMap<>();

    private final Map<Long, ClientConnection> sessions = new ConcurrentHashMap<>();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final PriorityQueue<Waiter> waiting = new PriorityQueue<>();

    @GuardedBy("lock")
    private @Nullable Watcher watcher;

    @GuardedBy("lock")
    private boolean asking;

    /** Completes when all events that came so far are posted. */
    @GuardedBy("lock")
    private CompletableFuture<?> posted = CompletableFuture.completedFuture(null);

    @GuardedBy("lock")
    private int batches;

    private volatile long delivered;

    WatchFeed(Ensemble ensemble, ScheduledExecutorService later) {
        this.hub = ensemble.watches();
        this.readers = new EventReaders(ensemble);
        this.later = later;
    }

    /** Begins to listen, if it does not yet. */
    void start() {
        synchronized (this.lock) {
            if (this.watcher == null) {
                Watcher registered = this.hub.watch(new WatchSpec(TreeKeys.ALL, 0, Set.of(), false), this);
                this.watcher = registered;
                this.delivered = Math.max(this.delivered, registered.startRevision() - 1);
                this.readers.start();
            }
        }
    }

    /**
     * A connection has a session from now on.
     * @return the connection that had it before on this member, if there is one
     */
    @Nullable ClientConnection attach(long session, ClientConnection connection) {
        return this.sessions.put(session, connection);
    }

    void detach(long session, ClientConnection connection) {
        this.sessions.remove(session, connection);
    }

    int sessionCount() {
        return this.sessions.size();
    }

    void interested(String path, ClientConnection connection) {
        add(this.interested, path, connection);
    }

    void notInterested(String path, ClientConnection connection) {
        remove(this.interested, path, connection);
    }

    void interestedBelow(String path, ClientConnection connection) {
        add(this.interestedBelow, path, connection);
    }

    void notInterestedBelow(String path, ClientConnection connection) {
        remove(this.interestedBelow, path, connection);
    }

    /** Tells whether everything up to a revision was posted. */
    boolean hasDelivered(long revision) {
        return this.delivered >= revision;
    }

    /** Completes when everything up to a revision was posted. */
    CompletableFuture<Void> whenDelivered(long revision) {
        Waiter waiter = new Waiter(revision, new CompletableFuture<>());
        synchronized (this.lock) {
            this.waiting.add(waiter);
        }
        // The revision may have been delivered before the waiter was there.
        advance(this.delivered);
        ask();
        return waiter.future;
    }

    @Override
    public boolean deliver(List<Delivered> events, long revision) {
        boolean open = this.readers.areOpen(events);
        CompletableFuture<?> before;
        CompletableFuture<Void> after = new CompletableFuture<>();
        boolean room;
        boolean direct;
        synchronized (this.lock) {
            before = this.posted;
            direct = open && before.isDone();
            this.posted = direct ? before : after;
            this.batches += direct ? 0 : 1;
            room = this.batches < MAX_BATCHES;
        }
        if (direct) {
            changes(events).forEach(this::post);
            advance(revision);
            return true;
        }
        before.thenCompose((done) -> postKnown(events, revision)).whenComplete((done, failure) -> after.complete(null));
        return room;
    }

    @Override
    public void compacted(long compactRevision) {
        // The watcher is gone, and so is what the connections should have heard.
        // Their clients connect again and say what they have seen.
        logger.warn("zookeeper.events-compacted revision={}", compactRevision);
        synchronized (this.lock) {
            this.watcher = null;
        }
        this.sessions.values().forEach(ClientConnection::abort);
        start();
    }

    @Override
    public void close() {
        synchronized (this.lock) {
            if (this.watcher != null) {
                this.watcher.cancel();
            }
        }
    }

    /** Finds out who may hear of events before it posts them. */
    private CompletableFuture<?> postKnown(List<Delivered> events, long revision) {
        List<TreeEvent> changes = changes(events).stream().filter((change) -> !connections(change).isEmpty()).toList();
        return find(changes, 1).handle((known, failure) -> {
            if (failure == null) {
                known.forEach(this::post);
            }
            else {
                // Their clients connect again and say what they have seen.
                logger.warn("zookeeper.events-unreadable revision={}", revision, failure);
                changes.forEach((change) -> connections(change).forEach(ClientConnection::abort));
            }
            advance(revision);
            batchPosted();
            return null;
        });
    }

    private CompletableFuture<List<TreeEvent>> find(List<TreeEvent> changes, int attempt) {
        return this.readers.find(changes).exceptionallyCompose((failure) -> {
            if (attempt == MAX_ATTEMPTS) {
                return CompletableFuture.failedFuture(failure);
            }
            CompletableFuture<List<TreeEvent>> again = new CompletableFuture<>();
            this.later.schedule(() -> find(changes, attempt + 1).whenComplete((found, failed) -> {
                if (failed != null) {
                    again.completeExceptionally(failed);
                }
                else {
                    again.complete(found);
                }
            }), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return again;
        });
    }

    private void batchPosted() {
        Watcher current;
        synchronized (this.lock) {
            current = (this.batches-- == MAX_BATCHES) ? this.watcher : null;
        }
        if (current != null) {
            current.resume();
        }
    }

    /**
     * Returns what changed for watches, and tells connections what became of sessions.
     */
    private List<TreeEvent> changes(List<Delivered> events) {
        List<TreeEvent> changes = new ArrayList<>(events.size());
        for (Delivered delivered : events) {
            Event event = delivered.event();
            TreeKey key = TreeKeys.parse(event.kv().key());
            TreeEvent change = null;
            if (key != null && key.kind() == TreeKey.Kind.SESSION) {
                sessionChanged(key.session(), event);
            }
            else if (key != null) {
                change = TreeEvent.of(key, event);
            }
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    private void sessionChanged(long session, Event event) {
        ClientConnection connection = this.sessions.get(session);
        if (connection == null) {
            return;
        }
        try {
            boolean gone = event.type() == Event.Type.DELETE;
            connection.sessionChanged(gone ? null : Session.decode(event.kv().value()), event.kv().modRevision());
        }
        catch (RuntimeException ex) {
            logger.warn("zookeeper.event-lost key={}", event.kv().key(), ex);
        }
    }

    private void post(TreeEvent change) {
        connections(change).forEach((connection) -> connection.post(change));
    }

    /** Each connection once, whatever brought it here. */
    private Set<ClientConnection> connections(TreeEvent change) {
        Set<ClientConnection> connections = new HashSet<>(this.interested.getOrDefault(change.path(), Set.of()));
        if (!this.interestedBelow.isEmpty()) {
            change.lineage().forEach((path) -> connections.addAll(this.interestedBelow.getOrDefault(path, Set.of())));
        }
        return connections;
    }

    private static void add(Map<String, Set<ClientConnection>> index, String path, ClientConnection connection) {
        index.compute(path, (key, connections) -> {
            Set<ClientConnection> all = (connections != null) ? connections : ConcurrentHashMap.newKeySet();
            all.add(connection);
            return all;
        });
    }

    private static void remove(Map<String, Set<ClientConnection>> index, String path, ClientConnection connection) {
        index.computeIfPresent(path, (key, connections) -> {
            connections.remove(connection);
            return connections.isEmpty() ? null : connections;
        });
    }

    private void advance(long revision) {
        List<Waiter> done = new ArrayList<>();
        synchronized (this.lock) {
            this.delivered = Math.max(this.delivered, revision);
            while (!this.waiting.isEmpty() && this.waiting.element().revision <= this.delivered) {
                done.add(this.waiting.remove());
            }
        }
        done.forEach((waiter) -> waiter.future.complete(null));
    }

    /** Asks the hub how far it is: revisions without znodes are not delivered. */
    private void ask() {
        Watcher current;
        synchronized (this.lock) {
            current = this.watcher;
            if (this.asking || this.waiting.isEmpty() || current == null) {
                return;
            }
            this.asking = true;
        }
        this.hub.progress(List.of(current), this::answered);
    }

    private void answered(long revision) {
        synchronized (this.lock) {
            this.asking = false;
        }
        if (revision < 0) {
            this.later.schedule(this::ask, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        CompletableFuture<?> before;
        synchronized (this.lock) {
            before = this.posted;
        }
        before.thenRun(() -> advance(revision));
        ask();
    }

    private record Waiter(long revision, CompletableFuture<Void> future) implements Comparable<Waiter> {

        @Override
        public int compareTo(Waiter other) {
            return Long.compare(this.revision, other.revision);
        }

    }

}
