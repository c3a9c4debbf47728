/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequestHeader;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.ConnectionClosedEventListener;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's view of accepted connections. Its life is that of the engine's node, which
 * may end and begin again while the transport goes on. Any thread.
 */
final class PeerRpcServer implements RpcServer {

    private static final Logger logger = LoggerFactory.getLogger(PeerRpcServer.class);

    private static final long CLOSE_SECONDS = 5;

    private final Acceptor acceptor;

    private final Map<MessageType, RpcProcessor<Message>> processors = new ConcurrentHashMap<>();

    private final List<ConnectionClosedEventListener> listeners = new CopyOnWriteArrayList<>();

    PeerRpcServer(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    @Override
    public boolean init(@Nullable Void options) {
        this.acceptor.engine(this);
        return true;
    }

    @Override
    public void shutdown() {
        // Connections are closed so that the engine forgets what it keeps for them, and
        // the peers learn at once that
        // their requests will not be answered.
        try {
            this.acceptor.closeConnections().orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS).join();
        }
        catch (CompletionException ex) {
            logger.warn("event=peer-connections-not-closed seconds={}", CLOSE_SECONDS);
        }
        this.acceptor.engine(null);
    }

    @Override
    public int boundPort() {
        return this.acceptor.port();
    }

    @Override
    public void registerConnectionClosedEventListener(ConnectionClosedEventListener listener) {
        this.listeners.add(listener);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void registerProcessor(RpcProcessor<?> processor) {
        MessageType type = MessageType.ofRequest(processor.interest());
        if (type == null) {
            throw new IllegalArgumentException("Not spoken between members: " + processor.interest());
        }
        this.processors.put(type, (RpcProcessor<Message>) processor);
    }

    /**
     * Tells the engine that a connection is closed. May block.
     * @param connection the connection
     */
    void closed(AcceptedConnection connection) {
        for (ConnectionClosedEventListener listener : this.listeners) {
            listener.onClosed(connection.remoteAddress(), connection);
        }
    }

    /**
     * Hands a request to its processor.
     * @param connection where it came from
     * @param type its type
     * @param id its id
     * @param request the request
     */
    void dispatch(AcceptedConnection connection, MessageType type, long id, Message request) {
        RpcProcessor<Message> processor = this.processors.get(type);
        if (processor == null) {
            connection.refuse(id, false, "no processor for " + type);
            return;
        }
        Exchange exchange = new Exchange(connection, type, id);
        Executor executor = executorFor(processor, request);
        if (executor == null) {
            processor.handleRequest(exchange, request);
            return;
        }
        try {
            executor.execute(() -> processor.handleRequest(exchange, request));
        }
        catch (RejectedExecutionException ex) {
            connection.refuse(id, false, "too busy for " + type);
        }
    }

    /**
     * Entries have a thread of their own per pair of members, which keeps their order; it
     * is found by what Bolt would have put into a separate header.
     */
    private static @Nullable Executor executorFor(RpcProcessor<Message> processor, Message request) {
        RpcProcessor.ExecutorSelector selector = processor.executorSelector();
        if (selector == null || !(request instanceof AppendEntriesRequest append)) {
            return processor.executor();
        }
        AppendEntriesRequestHeader header = AppendEntriesRequestHeader.newBuilder()
            .setGroupId(append.getGroupId())
            .setServerId(append.getServerId())
            .setPeerId(append.getPeerId())
            .build();
        Executor selected = selector.select(AppendEntriesRequest.class.getName(), header);
        return (selected != null) ? selected : processor.executor();
    }

    /** One request that waits for its answer. */
    private record Exchange(AcceptedConnection connection, MessageType type, long id) implements RpcContext {

        @Override
        public void sendResponse(Object response) {
            this.connection.respond(this.type, this.id, (Message) response);
        }

        @Override
        public Connection getConnection() {
            return this.connection;
        }

        @Override
        public String getRemoteAddress() {
            return this.connection.remoteAddress();
        }

    }

}
