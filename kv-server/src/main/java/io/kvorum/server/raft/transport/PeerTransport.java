/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.core.AppendEntriesRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.GetFileRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.InstallSnapshotRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.ReadIndexRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.RequestVoteRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.TimeoutNowRequestProcessor;
import io.kvorum.server.common.Clock;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.PeerCallException;
import io.kvorum.server.raft.PeerRequestHandler;
import org.jspecify.annotations.Nullable;

/**
 * Connects this member with its peers. Keeps one connection to each of them and accepts
 * one from each; the engine's messages and the node layer's requests share them. Any
 * thread.
 * <p>
 * To embed the engine: create and {@link #start()} the transport, make the node's options
 * a {@link PeerNodeOptions}, its id and its configurations of {@link PeerIds#of}, and
 * give {@link #raftServer} to the engine's {@code RaftGroupService}. A node that is
 * stopped and started again gets a new {@link #raftServer} of the same transport. The
 * transport must know the address of a member before the engine does:
 * {@link #setAddress}.
 */
public final class PeerTransport implements AutoCloseable {

    private static final long HEARTBEAT_TIMEOUT_MILLIS = 1000;

    private final PeerContext context;

    private final PeerAddress listen;

    private final Acceptor acceptor;

    private final ConcurrentMap<MemberId, PeerLink> links = new ConcurrentHashMap<>();

    private final PeerCounters strangers = new PeerCounters();

    private final List<PeerRpcClient> clients = new CopyOnWriteArrayList<>();

    private volatile boolean started;

    /**
     * Creates a transport that does nothing yet.
     * @param self who this member is
     * @param addresses where the members listen, as {@code host:port}; this member may be
     * among them
     * @param listen where this member listens, as {@code host:port}; port 0 for any
     * @param limits the limits
     * @param tls TLS, or {@code null} for none
     * @param handler answers requests of the node layer
     * @param clock the time
     */
    public PeerTransport(PeerIdentity self, Map<MemberId, String> addresses, String listen, PeerLimits limits,
            @Nullable PeerTls tls, PeerRequestHandler handler, Clock clock) {
        this.context = new PeerContext(self, limits, tls, handler, clock, new Warnings(clock),
                new PeerThreads(limits.eventLoopThreads()));
        this.listen = PeerAddress.parse(listen);
        this.acceptor = new Acceptor(this.context, this::countersOf);
        addresses.forEach(this::setAddress);
    }

    /**
     * Begins to listen and to connect. Blocks for a moment.
     * @throws IOException if this member cannot listen; the message says where and why
     */
    public void start() throws IOException {
        this.acceptor.bind(this.listen);
        this.started = true;
        this.links.values().forEach(PeerLink::dial);
    }

    /**
     * Returns the port this member listens on.
     * @return the port
     */
    public int port() {
        return this.acceptor.port();
    }

    /**
     * Tells where a member listens, new or known. A connection to its old address is
     * closed.
     * @param member the member; this member is ignored
     * @param address {@code host:port}
     */
    public void setAddress(MemberId member, String address) {
        if (member.equals(this.context.self().memberId())) {
            return;
        }
        PeerAddress parsed = PeerAddress.parse(address);
        PeerLink link = this.links.computeIfAbsent(member,
                (id) -> new PeerLink(this.context, id, parsed, this::connected));
        link.moveTo(parsed);
        if (this.started) {
            link.dial();
        }
    }

    /**
     * Forgets a member.
     * @param member the member
     */
    public void removeAddress(MemberId member) {
        PeerLink link = this.links.remove(member);
        if (link != null) {
            link.close();
        }
    }

    /**
     * Returns a server for the engine, with the engine's processors in it.
     * @param executor runs what may block: votes, snapshots, read indexes; entries have
     * threads of their own
     * @return a server for one life of the engine's node
     */
    public RpcServer raftServer(Executor executor) {
        PeerRpcServer server = new PeerRpcServer(this.acceptor);
        AppendEntriesRequestProcessor entries = new AppendEntriesRequestProcessor(executor);
        server.registerConnectionClosedEventListener(entries);
        server.registerProcessor(entries);
        server.registerProcessor(new RequestVoteRequestProcessor(executor));
        server.registerProcessor(new TimeoutNowRequestProcessor(executor));
        server.registerProcessor(new ReadIndexRequestProcessor(executor));
        server.registerProcessor(new InstallSnapshotRequestProcessor(executor));
        server.registerProcessor(new GetFileRequestProcessor(executor));
        return server;
    }

    /**
     * Sends a request of the node layer.
     * @param target the member; a request to this member goes straight to the handler
     * @param kind which kind of request it is
     * @param request the request's bytes, not to be changed any more
     * @param timeoutMillis how long to wait
     * @return the answer's bytes; fails with {@link PeerCallException}. Completes on an
     * event loop: what follows must not block
     */
    public CompletableFuture<byte[]> call(MemberId target, byte kind, byte[] request, long timeoutMillis) {
        if (target.equals(this.context.self().memberId())) {
            return handle(this.context.handler(), target, kind, request);
        }
        PeerLink link = this.links.get(target);
        if (link == null) {
            return CompletableFuture
                .failedFuture(new PeerCallException(false, "The address of member " + target + " is not known", null));
        }
        NodeCall call = new NodeCall(kind, request);
        link.send(call, timeoutMillis);
        return call.answer();
    }

    /**
     * Sends a heartbeat of the engine's that the engine does not know of, if the member
     * is connected. Its answer is of no interest.
     * @param target the member
     * @param heartbeat the message; it has no entries
     */
    public void heartbeat(MemberId target, AppendEntriesRequest heartbeat) {
        PeerLink link = this.links.get(target);
        if (link != null && link.isReady()) {
            PeerRpcClient.send(link, heartbeat, HEARTBEAT_TIMEOUT_MILLIS);
        }
    }

    /**
     * Tells whether a request could be sent to a member at once.
     * @param member the member
     * @return {@code true} if the connection is open and the handshake done
     */
    public boolean isConnected(MemberId member) {
        PeerLink link = this.links.get(member);
        return link != null && link.isReady();
    }

    /**
     * Returns the traffic with each known peer.
     * @return the counters, which go on counting, in the order of the members' ids
     */
    public Map<MemberId, PeerCounters> counters() {
        Map<MemberId, PeerCounters> all = new TreeMap<>(
                (left, right) -> Long.compareUnsigned(left.value(), right.value()));
        this.links.forEach((member, link) -> all.put(member, link.counters()));
        return all;
    }

    /** Closes all connections and stops the threads. Blocks for a short while. */
    @Override
    public void close() {
        this.started = false;
        this.links.values().forEach(PeerLink::close);
        this.acceptor.close();
        this.context.threads().close();
    }

    /**
     * Asks the handler, whatever it may throw.
     * @param handler the handler
     * @param from who asks
     * @param kind which kind of request it is
     * @param request the request's bytes
     * @return the answer's bytes
     */
    static CompletableFuture<byte[]> handle(PeerRequestHandler handler, MemberId from, byte kind, byte[] request) {
        try {
            return handler.handle(from, kind, request);
        }
        catch (RuntimeException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    @Nullable PeerLink link(MemberId member) {
        return this.links.get(member);
    }

    void addClient(PeerRpcClient client) {
        this.clients.add(client);
    }

    void removeClient(PeerRpcClient client) {
        this.clients.remove(client);
    }

    private void connected(MemberId peer) {
        try {
            // The engine takes its node's lock here.
            this.context.threads().mayBlock(() -> this.clients.forEach((client) -> client.connected(peer)));
        }
        catch (RejectedExecutionException ex) {
            // The transport is closing, or so busy that the engine's own timer will
            // notice the peer first.
        }
    }

    private PeerCounters countersOf(MemberId peer) {
        PeerLink link = this.links.get(peer);
        return (link != null) ? link.counters() : this.strangers;
    }

}
