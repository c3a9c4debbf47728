/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.io.IOException;
import java.nio.file.Path;

import com.alipay.sofa.jraft.JRaftServiceFactory;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.codec.LogEntryCodecFactory;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import com.alipay.sofa.jraft.storage.SnapshotStorage;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.raft.log.HardState;
import io.kvorum.server.raft.log.SegmentLogStorage;
import io.kvorum.server.raft.snapshot.MarkStorage;

/**
 * Hands the member's storages to the engine. They outlive the engine's node, so that one
 * that is started again knows what the last one could not finish.
 */
final class EngineStorages implements JRaftServiceFactory {

    private final SegmentLogStorage log;

    private final HardState hardState;

    private final MarkStorage mark;

    EngineStorages(RaftConfig config, PeerId self, RaftStateMachine stateMachine, RaftEnvironment environment,
            ApplyGate gate) {
        Path directory = config.directory();
        this.log = new SegmentLogStorage(directory.resolve("log"), SegmentLogStorage.DEFAULT_SEGMENT_BYTES,
                config.fsync(), environment.metrics(), environment.clock(), gate::pause);
        gate.measure(() -> this.log.sizeBytesBehind(stateMachine.appliedIndex()));
        this.hardState = new HardState(directory.resolve("hard-state"), config.fsync());
        this.mark = new MarkStorage(directory.resolve("snapshot"), self, stateMachine, this.log, config.fsync());
    }

    SegmentLogStorage log() {
        return this.log;
    }

    HardState hardState() {
        return this.hardState;
    }

    MarkStorage mark() {
        return this.mark;
    }

    /** Returns the first thing that went wrong since the node was started. */
    @Nullable IOException failure() {
        if (this.log.failure() != null) {
            return this.log.failure();
        }
        return (this.hardState.failure() != null) ? this.hardState.failure() : this.mark.failure();
    }

    @Override
    public LogStorage createLogStorage(String uri, RaftOptions options) {
        return this.log;
    }

    @Override
    public SnapshotStorage createSnapshotStorage(NodeOptions options) {
        return this.mark;
    }

    @Override
    public RaftMetaStorage createRaftMetaStorage(String uri, RaftOptions options) {
        return this.hardState;
    }

    @Override
    public LogEntryCodecFactory createLogEntryCodecFactory() {
        return LogEntryV2CodecFactory.getInstance();
    }

}
