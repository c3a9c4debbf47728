/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.alipay.sofa.jraft.ReplicatorGroup;
import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.InvokeContext;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.PingRequest;
import com.alipay.sofa.jraft.util.Endpoint;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.kvorum.server.common.MemberId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The engine's view of the connections to other members. Any thread.
 */
final class PeerRpcClient implements RpcClient {

    private static final ErrorResponse PONG = ErrorResponse.newBuilder().setErrorCode(0).setErrorMsg("OK").build();

    private final List<ReplicatorGroup> replicators = new CopyOnWriteArrayList<>();

    private volatile @Nullable PeerTransport transport;

    private volatile @Nullable AppendListener appendListener;

    @Override
    public boolean init(RpcOptions options) {
        if (!(options instanceof PeerNodeOptions peerOptions)) {
            throw new IllegalArgumentException("The node must be made with PeerNodeOptions");
        }
        PeerTransport found = peerOptions.transport();
        this.transport = found;
        this.appendListener = peerOptions.appendListener();
        found.addClient(this);
        return true;
    }

    @Override
    public void shutdown() {
        PeerTransport found = this.transport;
        if (found != null) {
            found.removeClient(this);
        }
    }

    @Override
    public boolean checkConnection(Endpoint endpoint) {
        PeerLink link = transport().link(PeerIds.memberOf(endpoint));
        return link != null && link.isReady();
    }

    /** Links open themselves, so there is nothing to create. */
    @Override
    public boolean checkConnection(Endpoint endpoint, boolean createIfAbsent) {
        return checkConnection(endpoint);
    }

    @Override
    public void closeConnection(Endpoint endpoint) {
        PeerLink link = transport().link(PeerIds.memberOf(endpoint));
        if (link != null) {
            link.disconnect("closed by the engine");
        }
    }

    @Override
    public void registerConnectEventListener(ReplicatorGroup replicatorGroup) {
        this.replicators.add(replicatorGroup);
    }

    @Override
    public Object invokeSync(Endpoint endpoint, Object request, @Nullable InvokeContext ctx, long timeoutMs)
            throws InterruptedException, RemotingException {
        if (request instanceof PingRequest) {
            // A ping asks for a connection, often with the node's lock held. Links open
            // themselves, so there is nothing
            // to wait for, and a peer that is away does not make the others wait.
            requireLink(endpoint).requireReady();
            return PONG;
        }
        CompletableFuture<Object> answer = new CompletableFuture<>();
        send(requireLink(endpoint), (Message) request, timeoutMs, (result, failure) -> {
            if (failure == null) {
                answer.complete(result);
            }
            else {
                answer.completeExceptionally(failure);
            }
        });
        return await(answer, endpoint, timeoutMs);
    }

    @Override
    public void invokeAsync(Endpoint endpoint, Object request, @Nullable InvokeContext ctx, InvokeCallback callback,
            long timeoutMs) throws RemotingException {
        Executor executor = callback.executor();
        Outcome outcome = (executor == null) ? callback::complete : (result, failure) -> {
            try {
                executor.execute(() -> callback.complete(result, failure));
            }
            catch (RejectedExecutionException ex) {
                // The node is stopping, or far behind; the engine must learn of every
                // outcome either way.
                callback.complete(result, failure);
            }
        };
        PeerLink link = requireLink(endpoint);
        boolean hasEntries = request instanceof AppendEntriesRequest append && append.getEntriesCount() > 0;
        send(link, (Message) request, timeoutMs,
                hasEntries ? observed(PeerIds.memberOf(endpoint), (AppendEntriesRequest) request, outcome) : outcome);
    }

    /**
     * Tells the engine that a peer can be reached again. May block.
     * @param peer the peer
     */
    void connected(MemberId peer) {
        for (ReplicatorGroup group : this.replicators) {
            group.checkReplicator(PeerIds.of(peer), true);
        }
    }

    /** Sends a message of the engine whose outcome is of no interest. */
    static void send(PeerLink link, AppendEntriesRequest request, long timeoutMs) {
        link.send(new EngineRequest(MessageType.APPEND_ENTRIES, request, (result, failure) -> {
        }), timeoutMs);
    }

    private Outcome observed(MemberId follower, AppendEntriesRequest request, Outcome outcome) {
        AppendListener listener = this.appendListener;
        if (listener == null) {
            return outcome;
        }
        listener.sending(follower, request);
        return (result, failure) -> {
            try {
                outcome.complete(result, failure);
            }
            finally {
                listener.ended(follower, request,
                        result instanceof AppendEntriesResponse response && response.getSuccess());
            }
        };
    }

    private static void send(PeerLink link, Message request, long timeoutMs, Outcome outcome) throws RemotingException {
        MessageType type = MessageType.ofRequest(request.getClass().getName());
        if (type == null) {
            throw new RemotingException("Not spoken between members: " + request.getClass().getName());
        }
        link.send(new EngineRequest(type, request, outcome), timeoutMs);
    }

    private PeerLink requireLink(Endpoint endpoint) throws RemotingException {
        MemberId member = PeerIds.memberOf(endpoint);
        PeerLink link = transport().link(member);
        if (link == null) {
            throw new RemotingException("The address of member " + member + " is not known");
        }
        return link;
    }

    private PeerTransport transport() {
        PeerTransport found = this.transport;
        if (found == null) {
            throw new IllegalStateException("The client is not initialized");
        }
        return found;
    }

    private static Object await(CompletableFuture<?> answer, Endpoint endpoint, long timeoutMs)
            throws InterruptedException, RemotingException {
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        }
        catch (TimeoutException ex) {
            throw new InvokeTimeoutException("no answer from " + endpoint + " within " + timeoutMs + " ms");
        }
        catch (ExecutionException ex) {
            if (ex.getCause() instanceof RemotingException failure) {
                throw failure;
            }
            Throwable cause = ex.getCause();
            throw new RemotingException((cause != null) ? cause.getMessage() : "failed", cause);
        }
    }

    /** Learns how a request ended. */
    @FunctionalInterface
    private interface Outcome {

        void complete(@Nullable Object result, @Nullable Throwable failure);

    }

    /**
     * A request of the engine.
     *
     * @param type its type
     * @param message the request
     * @param outcome learns of the answer
     */
    private record EngineRequest(MessageType type, Message message, Outcome outcome) implements PeerRequest {

        @Override
        public ByteBuf encode(ByteBufAllocator allocator) {
            return Frame.of(allocator, Frame.Kind.REQUEST, this.type, 0, this.message);
        }

        @Override
        public void answered(Frame response) throws InvalidProtocolBufferException {
            MessageType answer = MessageType.of(response.type());
            if (answer != this.type && answer != MessageType.FAILURE) {
                throw new InvalidProtocolBufferException("answer of type " + answer + " to " + this.type);
            }
            this.outcome.complete(answer.parseResponse(response.body()), null);
        }

        @Override
        public void failed(PeerFailure failure) {
            this.outcome.complete(null, failure.timedOut() ? new InvokeTimeoutException(failure.message())
                    : new RemotingException(failure.message(), failure.cause()));
        }

    }

}
