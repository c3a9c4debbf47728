/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.io.IOException;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.StateMachine;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.ApplyTaskMode;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.ReadOnlyOption;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.concurrent.DefaultFixedThreadsExecutorGroupFactory;
import com.alipay.sofa.jraft.util.concurrent.FixedThreadsExecutorGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.raft.transport.AppendListener;
import io.kvorum.server.raft.transport.PeerIds;
import io.kvorum.server.raft.transport.PeerNodeOptions;
import io.kvorum.server.raft.transport.PeerTransport;

/**
 * One life of the engine's node, from start to stop. The engine's node cannot be started
 * again after it failed; then another object of this class takes over.
 */
final class EngineNode {

    private static final Logger logger = LoggerFactory.getLogger(EngineNode.class);

    private static final long STOP_TIMEOUT_SECONDS = 10;

    /** Slots of each of the engine's queues; a full one refuses proposals. */
    private static final int QUEUE_SLOTS = 4096;

    /** Entries that the engine takes out of its queue at once. */
    private static final int APPLY_BATCH = 256;

    private static final int MAX_ENTRIES_PER_MESSAGE = 256;

    /** A message is full from this size; a larger entry travels alone. */
    private static final int MAX_MESSAGE_BYTES = 256 << 10;

    private static final int MAX_BATCH_BYTES = 1 << 20;

    /** Messages that a follower may owe an answer for: bounds what it must buffer. */
    private static final int MAX_MESSAGES_IN_FLIGHT = 64;

    private static final int RESPONSE_THREADS = 2;

    private static final int MAX_QUEUED_RESPONSES = 1 << 14;

    private static final int CONNECT_TIMEOUT_MILLIS = 300;

    /** Ends earlier when the connection is lost. */
    private static final int INSTALL_TIMEOUT_MILLIS = 60 * 60 * 1000;

    private final NodeImpl node;

    private final RpcServer server;

    private final FixedThreadsExecutorGroup responses;

    private EngineNode(NodeImpl node, RpcServer server, FixedThreadsExecutorGroup responses) {
        this.node = node;
        this.server = server;
        this.responses = responses;
    }

    /** Starts a node. Blocks until log and state are open. */
    static EngineNode start(String group, RaftConfig config, StateMachine fsm, EngineStorages storages,
            PeerTransport transport, AppendListener appendListener, Executor requests) throws IOException {
        PeerId self = PeerIds.of(config.self());
        FixedThreadsExecutorGroup responses = DefaultFixedThreadsExecutorGroupFactory.INSTANCE
            .newExecutorGroup(RESPONSE_THREADS, "kv-raft-response-", MAX_QUEUED_RESPONSES, true);
        PeerNodeOptions options = new PeerNodeOptions(transport, appendListener);
        options.setServiceFactory(storages);
        options.setFsm(fsm);
        options.setAppendEntriesExecutors(responses);
        configure(options, config);
        NodeManager.getInstance().addAddress(self.getEndpoint());
        EngineNode started = new EngineNode(new NodeImpl(group, self), transport.raftServer(requests), responses);
        boolean usable = false;
        try {
            usable = started.node.init(options);
        }
        finally {
            if (!usable) {
                started.stop();
            }
        }
        if (!usable) {
            @Nullable IOException failure = storages.failure();
            throw (failure != null) ? failure : new IOException(
                    "The Raft engine could not be started on " + config.directory() + "; its log messages say why");
        }
        started.server.init(null);
        return started;
    }

    NodeImpl node() {
        return this.node;
    }

    /**
     * Ends the node and waits for its threads, so that the state machine has one caller.
     */
    void stop() {
        this.server.shutdown();
        this.node.shutdown();
        try {
            CompletableFuture.runAsync(this::join, EngineNode::inOwnThread).get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        catch (ExecutionException | TimeoutException ex) {
            // A node whose log could not be opened has a part that never ends.
            logger.warn("The node of the Raft engine did not end within {} s", STOP_TIMEOUT_SECONDS, ex);
        }
        this.responses.shutdownGracefully();
    }

    private void join() {
        try {
            this.node.join();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void inOwnThread(Runnable task) {
        Thread thread = new Thread(task, "kv-raft-stop");
        thread.setDaemon(true);
        thread.start();
    }

    private static void configure(NodeOptions options, RaftConfig config) {
        int electionMillis = Math.toIntExact(config.electionTimeout().toMillis());
        int heartbeatMillis = Math.toIntExact(config.heartbeatInterval().toMillis());
        options.setElectionTimeoutMs(electionMillis);
        options.setInitialConf(new Configuration(config.peers()
            .keySet()
            .stream()
            .map(PeerIds::of)
            .sorted(Comparator.comparing(PeerId::toString))
            .toList()));
        // The storages know where they are; the engine only wants these not to be blank.
        options.setLogUri("log");
        options.setRaftMetaUri("hard-state");
        options.setSnapshotUri("snapshot");
        // Snapshots are asked for by size, see LogApplier.
        options.setSnapshotIntervalSecs(0);
        options.setDisableCli(true);
        options.setEnableMetrics(false);
        options.setSharedTimerPool(true);
        options.setApplyTaskMode(ApplyTaskMode.NonBlocking);
        options.setRpcConnectTimeoutMs(CONNECT_TIMEOUT_MILLIS);
        options.setRpcDefaultTimeout(2 * electionMillis);
        options.setRpcInstallSnapshotTimeout(INSTALL_TIMEOUT_MILLIS);
        options.setRpcProcessorThreadPoolSize(6);
        RaftOptions raft = options.getRaftOptions();
        raft.setElectionHeartbeatFactor(Math.max(2, electionMillis / Math.max(1, heartbeatMillis)));
        raft.setMaxElectionDelayMs(electionMillis);
        raft.setApplyBatch(APPLY_BATCH);
        raft.setDisruptorBufferSize(QUEUE_SLOTS);
        raft.setMaxEntriesSize(MAX_ENTRIES_PER_MESSAGE);
        raft.setMaxBodySize(MAX_MESSAGE_BYTES);
        raft.setMaxAppendBufferSize(MAX_BATCH_BYTES);
        raft.setMaxReplicatorInflightMsgs(MAX_MESSAGES_IN_FLIGHT);
        raft.setReadOnlyOptions(ReadOnlyOption.ReadOnlySafe);
        raft.setOpenStatistics(false);
        raft.setSync(config.fsync());
        // Records have their own checksum, and connections do.
        raft.setEnableLogEntryChecksum(false);
    }

}
