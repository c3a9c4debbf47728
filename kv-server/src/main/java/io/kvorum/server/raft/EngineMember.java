/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.core.State;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.util.ThreadPoolsFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.disk.DamagedFileException;
import io.kvorum.server.raft.disk.DiskProbe;
import io.kvorum.server.raft.disk.OwnedDirectory;
import io.kvorum.server.raft.transport.PeerCounters;
import io.kvorum.server.raft.transport.PeerIds;
import io.kvorum.server.raft.transport.PeerTransport;

/**
 * A member of the group on top of the engine. Outlives the engine's node: when the disk
 * refuses a write, the node stops for good, and this object starts another one as soon as
 * the disk takes data again. Until then the state machine keeps what it has.
 */
final class EngineMember implements RaftMember, LogApplier.Listener {

    private static final Logger logger = LoggerFactory.getLogger(EngineMember.class);

    private static final byte[] NO_CONTEXT = new byte[0];

    private static final long RECOVERY_MILLIS = 1000;

    private static final long MAX_RECOVERY_MILLIS = 2000;

    private static final int PROBE_BYTES = 4 << 20;

    private final RaftConfig config;

    private final String group;

    private final RaftStateMachine stateMachine;

    private final PeerTransport transport;

    private final EngineStorages storages;

    private final LogApplier applier;

    private final CommitAnnouncer announcer;

    private final Proposals proposals = new Proposals();

    private final ExecutorService requests = EngineThreads.requests();

    private final ScheduledThreadPoolExecutor control = new ScheduledThreadPoolExecutor(1,
            EngineThreads.named("kv-raft-control-"));

    private final Object lifeLock = new Object();

    private @Nullable OwnedDirectory directory;

    private volatile @Nullable EngineNode engine;

    private volatile @Nullable String failure;

    private volatile @Nullable LeadershipTransfer transfer;

    private volatile boolean damaged;

    private volatile boolean closed;

    EngineMember(RaftConfig config, RaftStateMachine stateMachine, PeerTransport transport,
            RaftEnvironment environment) {
        this.config = config;
        this.group = "kv-" + Long.toHexString(config.clusterId());
        this.stateMachine = stateMachine;
        this.transport = transport;
        this.announcer = new CommitAnnouncer(transport::heartbeat);
        ApplyGate gate = new ApplyGate();
        this.storages = new EngineStorages(config, PeerIds.of(config.self()), stateMachine, environment, gate);
        EngineThreads.provideClosures(this.group);
        this.applier = new LogApplier(config, stateMachine, this.storages.mark(), this::execute, gate, this);
    }

    void start() throws IOException {
        this.directory = OwnedDirectory.open(this.config.directory(), this.config.clusterId(), this.config.self(),
                this.config.fsync());
        startNode();
    }

    @Override
    public void propose(Bytes entry, Object attachment, ProposalCallback callback) {
        String reason = this.failure;
        EngineNode current = this.engine;
        if (reason != null || current == null) {
            callback.failed(true, (reason != null) ? reason : "This member is stopping");
            return;
        }
        Proposal proposal = new Proposal(this.proposals, entry, attachment, callback);
        if (!this.proposals.add(proposal)) {
            callback.failed(true, "Too many entries wait for a quorum");
            return;
        }
        try {
            current.node().apply(proposal.task());
        }
        catch (IllegalStateException ex) {
            // The node ended in between; it does not look at the entry any more.
            proposal.fail(true, "This member is stopping");
        }
    }

    @Override
    public CompletableFuture<Void> readIndex() {
        CompletableFuture<Void> applied = new CompletableFuture<>();
        EngineNode current = this.engine;
        if (this.failure != null || current == null) {
            applied.completeExceptionally(new KvException(Code.NO_LEADER,
                    Objects.requireNonNullElse(this.failure, "This member is stopping"), null));
            return applied;
        }
        try {
            // The engine's own timeout would keep a task for each call; see below.
            current.node().readIndex(NO_CONTEXT, new ReadIndexClosure(-1) {

                @Override
                public void run(Status status, long index, byte[] context) {
                    if (status.isOk()) {
                        applied.complete(null);
                    }
                    else {
                        applied.completeExceptionally(EngineErrors.ofReadIndex(status));
                    }
                }

            });
        }
        catch (IllegalStateException ex) {
            applied.completeExceptionally(new KvException(Code.STOPPED, "This member is stopping", null));
        }
        return applied.orTimeout(2 * this.config.electionTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .exceptionallyCompose((ex) -> CompletableFuture.failedFuture((ex instanceof TimeoutException)
                    ? new KvException(Code.TIMEOUT, "No quorum confirmed the read in time", null) : ex));
    }

    @Override
    public void announceCommit(long index) {
        this.announcer.committed(index);
    }

    @Override
    public RaftStatus status() {
        EngineNode current = this.engine;
        String reason = this.failure;
        long term = this.storages.hardState().getTerm();
        long applied = this.stateMachine.appliedIndex();
        if (reason != null || current == null || !current.node().getNodeState().isActive()) {
            return new RaftStatus(RaftStatus.Role.FAILED, MemberId.NONE, term, this.storages.log().getLastLogIndex(),
                    applied, applied, members(null), Objects.requireNonNullElse(reason, "This member is stopping"));
        }
        NodeImpl node = current.node();
        Configuration configuration = node.getCurrentConf();
        long last;
        long committed;
        try {
            last = node.getLastLogIndex();
            committed = node.getLastCommittedIndex();
        }
        catch (IllegalStateException ex) {
            last = this.storages.log().getLastLogIndex();
            committed = applied;
        }
        var leader = node.getLeaderId();
        return new RaftStatus(role(node, configuration), (leader != null) ? PeerIds.memberOf(leader) : MemberId.NONE,
                term, last, Math.max(committed, applied), applied, members(configuration), "");
    }

    @Override
    public boolean isConfirmedLeader() {
        EngineNode current = this.engine;
        if (this.failure != null || current == null || !current.node().isLeader(false)) {
            return false;
        }
        try {
            // Alive means: answered a message that was sent within the lease, which is
            // shorter than the time for which a follower refuses to elect another.
            return current.node().listAlivePeers().size() > current.node().listPeers().size() / 2;
        }
        catch (IllegalStateException ex) {
            return false;
        }
    }

    @Override
    public CompletableFuture<Void> transferLeadership(MemberId target) {
        EngineNode current = this.engine;
        if (this.failure != null || current == null || !current.node().isLeader(false)) {
            return CompletableFuture
                .failedFuture(new KvException(Code.NOT_LEADER, "This member is not the leader", null));
        }
        if (target.equals(this.config.self())) {
            return CompletableFuture.completedFuture(null);
        }
        LeadershipTransfer started = new LeadershipTransfer(target);
        this.transfer = started;
        started.start(current::node, this.control, this.config.electionTimeout().toMillis());
        return started.outcome()
            .exceptionallyCompose((ex) -> CompletableFuture.failedFuture((ex instanceof TimeoutException)
                    ? new KvException(Code.TIMEOUT, "Member " + target + " did not take over in time", null) : ex));
    }

    @Override
    public CompletableFuture<byte[]> call(MemberId target, byte kind, byte[] request, long timeoutMillis) {
        return this.transport.call(target, kind, request, timeoutMillis);
    }

    @Override
    public Map<MemberId, PeerCounters> traffic() {
        return this.transport.counters();
    }

    @Override
    public void close() {
        synchronized (this.lifeLock) {
            this.closed = true;
            stopNode();
        }
        this.control.shutdownNow();
        this.transport.close();
        this.requests.shutdown();
        releaseDirectory();
    }

    @Override
    public void leaderChanged(MemberId leader, long term) {
        LeadershipTransfer running = this.transfer;
        if (running != null) {
            running.leaderChanged(leader);
        }
        this.stateMachine.leaderChanged(leader, (term != 0) ? term : this.storages.hardState().getTerm());
    }

    @Override
    public void failed(RaftException cause) {
        if (this.damaged || this.closed) {
            return;
        }
        IOException storage = this.storages.failure();
        String reason = (storage != null) ? String.valueOf(storage.getMessage())
                : String.valueOf(cause.getStatus().getErrorMsg());
        stopWorking("The Raft log in " + this.config.directory() + " cannot be written: " + reason);
        recoverAfter(RECOVERY_MILLIS);
    }

    @Override
    public void applyFailed(String reason) {
        this.damaged = true;
        stopWorking("The state machine failed: " + reason);
    }

    @Override
    public void mark(Closure done) {
        EngineNode current = this.engine;
        if (current == null) {
            done.run(new Status(-1, "This member is stopping"));
            return;
        }
        current.node().snapshot(done);
    }

    private void startNode() throws IOException {
        synchronized (this.lifeLock) {
            if (!this.closed) {
                this.engine = EngineNode.start(this.group, this.config, this.applier, this.storages, this.transport,
                        this.announcer, this.requests);
            }
        }
    }

    private void releaseDirectory() {
        OwnedDirectory owned = this.directory;
        try {
            if (owned != null) {
                owned.close();
            }
        }
        catch (IOException ex) {
            logger.warn("Could not give back the directory: directory={}", this.config.directory(), ex);
        }
    }

    private void stopNode() {
        EngineNode current = this.engine;
        this.engine = null;
        if (current != null) {
            current.stop();
        }
        this.proposals.fail(Objects.requireNonNullElse(this.failure, "This member is stopping"));
    }

    private void stopWorking(String reason) {
        this.failure = reason;
        logger.error("This member takes no part in the group: reason={}", reason);
        this.stateMachine.failed(reason);
    }

    private void recoverAfter(long delayMillis) {
        if (!this.closed) {
            var unused = this.control.schedule(() -> recover(delayMillis), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void recover(long lastDelayMillis) {
        synchronized (this.lifeLock) {
            if (this.closed) {
                return;
            }
            try {
                stopNode();
                new DiskProbe(this.config.directory(), PROBE_BYTES).write();
                startNode();
                this.failure = null;
                logger.info("This member takes part in the group again: directory={}", this.config.directory());
                this.stateMachine.failed(null);
            }
            catch (DamagedFileException ex) {
                this.damaged = true;
                stopWorking(String.valueOf(ex.getMessage()));
            }
            catch (IOException | RuntimeException ex) {
                logger.warn("Still not able to take part in the group: reason={}", ex.getMessage());
                recoverAfter(Math.min(2 * lastDelayMillis, MAX_RECOVERY_MILLIS));
            }
        }
    }

    private void execute(Runnable task) {
        var unused = ThreadPoolsFactory.runInThread(this.group, task);
    }

    private List<MemberId> members(@Nullable Configuration configuration) {
        if (configuration == null || configuration.isEmpty()) {
            return List.copyOf(this.config.peers().keySet());
        }
        return configuration.listPeers().stream().map(PeerIds::memberOf).toList();
    }

    private RaftStatus.Role role(NodeImpl node, Configuration configuration) {
        State state = node.getNodeState();
        return switch (state) {
            case STATE_LEADER, STATE_TRANSFERRING -> RaftStatus.Role.LEADER;
            case STATE_CANDIDATE -> RaftStatus.Role.CANDIDATE;
            case STATE_FOLLOWER -> configuration.getLearners().contains(PeerIds.of(this.config.self()))
                    ? RaftStatus.Role.LEARNER : RaftStatus.Role.FOLLOWER;
            default -> RaftStatus.Role.FAILED;
        };
    }

}
