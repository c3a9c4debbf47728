/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.DefaultJRaftServiceFactory;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import io.kvorum.server.common.Clock;
import io.kvorum.server.common.MemberId;
import org.jspecify.annotations.Nullable;

/** A member with the real engine over the real transport, and a log in memory. */
final class TransportMember implements AutoCloseable {

    static final String GROUP = "transport-tests";

    private final MemberId id;

    private final PeerTransport transport;

    private final RecordingStateMachine stateMachine = new RecordingStateMachine();

    private final MemoryLogStorage log = new MemoryLogStorage();

    private final ExecutorService executor = Executors.newFixedThreadPool(2);

    private final Configuration configuration;

    private final Path directory;

    private @Nullable RaftGroupService service;

    private @Nullable Node node;

    TransportMember(MemberId id, Configuration configuration, Path directory, @Nullable PeerTls tls)
            throws IOException {
        this.id = id;
        this.configuration = configuration;
        this.directory = directory;
        this.transport = new PeerTransport(new PeerIdentity(7, id), Map.of(), "127.0.0.1:0", PeerLimits.DEFAULT, tls,
                (from, kind, request) -> CompletableFuture.completedFuture(request), Clock.SYSTEM);
        this.transport.start();
    }

    void startNode() {
        // What it had applied is gone with its last life; snapshot and log bring it back.
        this.stateMachine.applied().clear();
        PeerNodeOptions options = new PeerNodeOptions(this.transport, new IgnoredAppends());
        options.setFsm(this.stateMachine);
        options.setInitialConf(this.configuration);
        options.setElectionTimeoutMs(2000);
        options.setRpcConnectTimeoutMs(300);
        options.setRpcProcessorThreadPoolSize(3);
        options.setTimerPoolSize(1);
        options.setSharedTimerPool(true);
        options.setSnapshotIntervalSecs(0);
        options.setLogUri("memory");
        options.setRaftMetaUri(this.directory.resolve("meta-" + this.id).toString());
        options.setSnapshotUri(this.directory.resolve("snapshot-" + this.id).toString());
        options.setServiceFactory(new DefaultJRaftServiceFactory() {
            @Override
            public LogStorage createLogStorage(String uri, RaftOptions raftOptions) {
                return TransportMember.this.log;
            }
        });
        options.validate();
        RaftGroupService service = new RaftGroupService(GROUP, PeerIds.of(this.id), options,
                this.transport.raftServer(this.executor));
        this.service = service;
        this.node = service.start();
    }

    void stopNode() {
        RaftGroupService service = this.service;
        if (service == null) {
            return;
        }
        this.service = null;
        service.shutdown();
        try {
            service.join();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    MemberId id() {
        return this.id;
    }

    Node node() {
        return Objects.requireNonNull(this.node);
    }

    PeerTransport transport() {
        return this.transport;
    }

    RecordingStateMachine stateMachine() {
        return this.stateMachine;
    }

    CompletableFuture<Status> apply(String word) {
        CompletableFuture<Status> result = new CompletableFuture<>();
        node().apply(new Task(ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8)), result::complete));
        return result;
    }

    @Override
    public void close() {
        stopNode();
        this.transport.close();
        this.executor.shutdownNow();
    }

}
