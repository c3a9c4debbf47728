/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import org.apache.zookeeper.proto.WatcherEvent;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.tree.AccessControl;
import io.kvorum.server.tree.Znode;

/**
 * The watches of one connection, and the events on their way to it. Confined to the
 * connection's event loop, except {@link #post}.
 */
final class ConnectionEvents {

    /** The session is connected: what all events of znodes say. */
    private static final int CONNECTED = 3;

    private final WatchFeed feed;

    private final Reads reads;

    private final int maxPending;

    private final ClientConnection connection;

    private final ClientIdentity identity;

    private final Channel channel;

    private final SessionWatches watches = new SessionWatches();

    private final Queue<TreeEvent> inbox = new ConcurrentLinkedQueue<>();

    private final AtomicInteger pending = new AtomicInteger();

    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** Paths that a read under way may leave a watch on. */
    private final Set<String> expected = new HashSet<>();

    /** A request is under way: which events precede its answer is not known yet. */
    private boolean held;

    private boolean closed;

    ConnectionEvents(Services services, ClientConnection connection, ClientIdentity identity, Channel channel) {
        this.identity = identity;
        this.feed = services.feed();
        this.reads = services.reads();
        this.maxPending = services.settings().maxPendingEvents();
        this.connection = connection;
        this.channel = channel;
    }

    SessionWatches watches() {
        return this.watches;
    }

    /** Takes an event. Any thread. */
    void post(TreeEvent event) {
        if (this.pending.incrementAndGet() > this.maxPending) {
            this.connection.abort();
            return;
        }
        this.inbox.add(event);
        if (this.scheduled.compareAndSet(false, true)) {
            this.channel.eventLoop().execute(() -> {
                this.scheduled.set(false);
                if (!this.held) {
                    drain(Long.MAX_VALUE);
                    this.channel.flush();
                }
            });
        }
    }

    /** Completes when every event up to a revision is in the inbox. */
    CompletableFuture<Void> delivered(long zxid) {
        return (this.watches.isEmpty() || this.feed.hasDelivered(zxid)) ? CompletableFuture.completedFuture(null)
                : this.feed.whenDelivered(zxid);
    }

    /** Writes the events up to a revision that fire a watch. */
    void drain(long upTo) {
        for (TreeEvent event = this.inbox.peek(); event != null && event.zxid() <= upTo; event = this.inbox.peek()) {
            this.inbox.remove();
            this.pending.decrementAndGet();
            if (this.watches.fire(event)) {
                // ZooKeeper: the watch is gone even if its client must not hear of it.
                if (AccessControl.allows(event.acl(), ZnodeAcl.READ, this.identity.ids())) {
                    write(event.kind(), event.path(), event.zxid());
                }
                forgetUnwatched(event.path());
            }
        }
    }

    /** A read that leaves a watch begins: no event behind it may be missed. */
    void beforeWatch(String path) {
        this.expected.add(path);
        this.feed.interested(path, this.connection);
    }

    /** The read is answered: its watch begins at the answer's revision. */
    void watch(Request.Read request, Reply reply) {
        if (this.closed) {
            return;
        }
        String path = request.path();
        boolean found = reply.error() == ErrorCodes.OK;
        boolean missing = reply.error() == ErrorCodes.NO_NODE && request instanceof Request.Exists;
        if (found && request instanceof Request.GetChildren) {
            this.watches.add(WatchMode.CHILDREN, path, reply.zxid());
        }
        else if (found || missing) {
            this.watches.add(WatchMode.DATA, path, reply.zxid());
        }
    }

    /** Begins a watch that stays, from a revision on. */
    void addWatch(Request.AddWatch request, long since) {
        addWatch(request.mode(), request.path(), since);
    }

    /** Tells whether there are watches, and takes them away if that is wanted. */
    boolean findWatches(Request.FindWatches request) {
        String path = request.path();
        boolean found = false;
        for (WatchMode mode : request.modes()) {
            found = this.watches.has(mode, path) || found;
            if (request.remove()) {
                this.watches.remove(mode, path);
            }
        }
        forgetUnwatched(path);
        return found;
    }

    /** Events wait for the answer that is next, which drains those it reveals. */
    void hold() {
        this.held = true;
    }

    /** Nothing holds events back any more. */
    void release() {
        if (this.held) {
            this.held = false;
            List<String> asked = List.copyOf(this.expected);
            this.expected.clear();
            asked.forEach(this::forgetUnwatched);
            drain(Long.MAX_VALUE);
        }
    }

    /**
     * Sets watches that a client had on another connection. What they have missed goes
     * out before the answer.
     */
    CompletableFuture<Reply> setWatches(Request.SetWatches request) {
        Set<String> paths = new LinkedHashSet<>();
        List.of(request.data(), request.exist(), request.children()).forEach(paths::addAll);
        List<String> all = new ArrayList<>(paths);
        all.forEach(this::beforeWatch);
        return this.reads.znodes(all).thenCompose((found) -> {
            CompletableFuture<Reply> done = new CompletableFuture<>();
            this.channel.eventLoop().execute(() -> {
                if (!this.closed) {
                    set(request, all, found);
                }
                done.complete(Reply.ok(request.xid(), found.revision(), null));
            });
            return done;
        });
    }

    /** The connection is gone. */
    void close() {
        this.closed = true;
        this.watches.paths().forEach((path) -> this.feed.notInterested(path, this.connection));
        this.watches.recursivePaths().forEach((path) -> this.feed.notInterestedBelow(path, this.connection));
        this.expected.forEach((path) -> this.feed.notInterested(path, this.connection));
        this.inbox.clear();
    }

    private void addWatch(WatchMode mode, String path, long since) {
        if (mode == WatchMode.RECURSIVE) {
            this.feed.interestedBelow(path, this.connection);
        }
        else {
            this.feed.interested(path, this.connection);
        }
        this.watches.add(mode, path, since);
    }

    private void forgetUnwatched(String path) {
        if (!this.watches.has(path) && !this.expected.contains(path)) {
            this.feed.notInterested(path, this.connection);
        }
        if (!this.watches.has(WatchMode.RECURSIVE, path)) {
            this.feed.notInterestedBelow(path, this.connection);
        }
    }

    private void set(Request.SetWatches request, List<String> paths, Reads.Many found) {
        Map<String, @Nullable Znode> znodes = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            znodes.put(paths.get(i), found.znodes().get(i));
        }
        // ZooKeeper: list by list, and a path that is there twice fires twice.
        for (String path : request.data()) {
            Znode znode = znodes.get(path);
            TreeEvent.Kind missed = (znode == null) ? TreeEvent.Kind.DELETED
                    : (znode.mzxid() > request.zxid()) ? TreeEvent.Kind.DATA_CHANGED : null;
            fireOrWatch(missed, WatchMode.DATA, path, found.revision());
        }
        for (String path : request.exist()) {
            TreeEvent.Kind missed = (znodes.get(path) != null) ? TreeEvent.Kind.CREATED : null;
            fireOrWatch(missed, WatchMode.DATA, path, found.revision());
        }
        for (String path : request.children()) {
            Znode znode = znodes.get(path);
            TreeEvent.Kind missed = (znode == null) ? TreeEvent.Kind.DELETED
                    : (znode.pzxid() > request.zxid()) ? TreeEvent.Kind.CHILDREN_CHANGED : null;
            fireOrWatch(missed, WatchMode.CHILDREN, path, found.revision());
        }
        // ZooKeeper: what watches that stay have missed is not made up for.
        request.persistent().forEach((path) -> addWatch(WatchMode.PERSISTENT, path, found.revision()));
        request.recursive().forEach((path) -> addWatch(WatchMode.RECURSIVE, path, found.revision()));
    }

    private void fireOrWatch(TreeEvent.@Nullable Kind missed, WatchMode mode, String path, long revision) {
        if (missed != null) {
            // ZooKeeper: these events carry no zxid.
            write(missed, path, -1);
        }
        else {
            this.watches.add(mode, path, revision);
        }
    }

    private void write(TreeEvent.Kind kind, String path, long zxid) {
        this.channel
            .write(Reply.event(zxid, new WatcherEvent(kind.wireType(), CONNECTED, path)).encode(this.channel.alloc()));
    }

}
