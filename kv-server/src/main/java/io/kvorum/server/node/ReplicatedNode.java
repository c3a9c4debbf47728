/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.command.AlarmType;
import io.kvorum.server.command.Command;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Clock;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.lease.Lease;
import io.kvorum.server.lease.LeaseDeadlines;
import io.kvorum.server.raft.PeerRequestHandler;
import io.kvorum.server.raft.RaftMember;
import io.kvorum.server.raft.RaftStateMachine;
import io.kvorum.server.raft.RaftStatus;
import io.kvorum.server.state.KvState;
import io.kvorum.server.store.KvStore;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.watch.WatchHub;

/**
 * A member of a replicated group. Built around a store and a watch hub, it comes to life
 * when {@link #start} connects it to its group.
 */
public final class ReplicatedNode implements KvNode, AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(ReplicatedNode.class);

    /** Pace of deadlines, retries and leases. */
    private static final Duration TICK = Duration.ofMillis(50);

    private static final Duration LEASE_TICK = Duration.ofMillis(500);

    private final NodeSettings settings;

    private final KvStore store;

    private final WatchHub hub;

    private final Publication publication;

    private final NodeIdentity identity;

    private final NodeMetrics metrics;

    private final UnansweredCalls unanswered;

    private final LeaseDeadlines deadlines;

    private final KvState state;

    private final ReplicatedState machine;

    private final Proposer proposer;

    private final ReadQueue reads;

    private final Readers readers;

    private final Compaction compaction;

    private final AutoCompaction autoCompaction;

    private final QuotaAlarm quota;

    private final LeaderLeases leaderLeases;

    private final PeerRequests peers;

    private final NodeLeases leases;

    private final NodeCluster cluster;

    private final NodeMaintenance maintenance;

    private final DamagedStore damaged;

    private final ScheduledExecutorService loop = Executors
        .newSingleThreadScheduledExecutor((task) -> new Thread(task, "kv-node"));

    private final ScheduledExecutorService slow = Executors
        .newSingleThreadScheduledExecutor((task) -> new Thread(task, "kv-maintenance"));

    private volatile Leadership leadership;

    private volatile @Nullable RaftMember raft;

    private volatile @Nullable String failure;

    private volatile boolean published;

    /**
     * Builds the node.
     * @param identity who is in the group
     * @param store the store, opened
     * @param hub where watchers register
     * @param publication the hub's other side
     * @param settings limits and times
     * @param environment what the process around provides
     */
    public ReplicatedNode(NodeIdentity identity, KvStore store, WatchHub hub, Publication publication,
            NodeSettings settings, NodeEnvironment environment) {
        Clock clock = environment.clock();
        this.metrics = environment.metrics();
        this.unanswered = new UnansweredCalls(this.metrics);
        this.settings = settings;
        this.store = store;
        this.hub = hub;
        this.publication = publication;
        this.identity = identity;
        this.leadership = new Leadership(MemberId.NONE, 0, identity.self());
        this.deadlines = new LeaseDeadlines(clock);
        this.state = new KvState(store, new DeadlineListener());
        this.machine = new ReplicatedState(store, this.state, identity.self(), new MachineListener(), this.metrics);
        this.proposer = new Proposer(settings, identity.self(), clock, new LeaderRouter(),
                after(settings.batchOverlap()));
        this.machine.ownBatches(this.proposer::find);
        this.reads = new ReadQueue(this::confirmRead, clock, settings);
        this.readers = new Readers(store, this.state, settings);
        this.compaction = new Compaction(store, this.machine.writerLock(), this.slow, settings.compactionPause());
        this.autoCompaction = new AutoCompaction(settings.retention(), clock, () -> store.view().revision(),
                (revision) -> propose(new Command.Compact(revision)));
        this.quota = new QuotaAlarm(store, this.state, settings.quotaBytes(),
                () -> propose(new Command.SetAlarm(identity.self().value(), AlarmType.NOSPACE, true)));
        this.leaderLeases = new LeaderLeases(this.state.leases(), this.deadlines, this::isConfirmedLeader,
                this.reads::awaitCurrent, this::propose, settings, this.metrics);
        this.peers = new PeerRequests(this::raft, this.leaderLeases, settings);
        this.leases = new NodeLeases(new NodeLeases.Parts(this, this.state.leases(), this.deadlines, store,
                this.leaderLeases, this.peers, () -> this.leadership, after(TICK)), settings, clock,
                environment.newIds());
        this.cluster = new NodeCluster(this.identity, this.state, () -> this.leadership, this::raft,
                this.reads::awaitCurrent, () -> this.leaderLeases.checkpoint(true));
        this.damaged = new DamagedStore(store::damage, identity.others(), this.cluster::moveLeader, clock,
                settings.electionTimeout().toNanos());
        this.maintenance = new NodeMaintenance(store, this.state, this.readers, this.compaction, this::raft, this.slow,
                settings.quotaBytes());
    }

    /**
     * Connects the node to its group and begins to work. Blocks while the log is opened.
     * @param connector starts the Raft member
     */
    public void start(Connector connector) {
        this.raft = connector.connect(this.machine, this.peers);
        every(TICK, this::tick);
        every(LEASE_TICK, this.leaderLeases::expire);
        every(this.settings.leaseCheckpointInterval(), () -> this.leaderLeases.checkpoint(false));
        this.compaction.wake();
        tick();
    }

    /** Before the start: until {@link #releaseLeases}, leases that run out do not end. */
    public void holdLeases() {
        this.leaderLeases.hold();
    }

    /**
     * Clients can connect: the time in which they could not is not held against their
     * leases.
     */
    public void releaseLeases() {
        this.leaderLeases.release(this.settings.electionTimeout().toMillis());
    }

    @Override
    public <R extends Result> CompletableFuture<R> propose(Command<R> command) {
        if (this.quota.isReached() && KvState.needsSpace(command)) {
            return CompletableFuture.failedFuture(new KvException(Code.NO_SPACE));
        }
        String broken = this.failure;
        if (broken != null) {
            this.metrics.proposalsFailed(1);
            return CompletableFuture.failedFuture(this.damaged.refusal(broken));
        }
        return this.unanswered.ofProposal(this.proposer.propose(command));
    }

    /**
     * Returns how many commands wait for their answers. Any thread.
     * @return commands of this member's clients that are not decided yet
     */
    public int pendingProposals() {
        return this.proposer.waiting();
    }

    @Override
    public CompletableFuture<Result.Range> range(RangeQuery query, Consistency consistency) {
        if (consistency == Consistency.SERIALIZABLE) {
            return this.readers.range(query);
        }
        return awaitCurrent().thenCompose((done) -> this.readers.range(query));
    }

    @Override
    public CompletableFuture<Result.Txn> read(TxnOperation txn, Consistency consistency) {
        if (consistency == Consistency.SERIALIZABLE) {
            return this.readers.read(txn);
        }
        return awaitCurrent().thenCompose((done) -> this.readers.read(txn));
    }

    @Override
    public long revision() {
        return this.store.view().revision();
    }

    @Override
    public WatchHub watches() {
        return this.hub;
    }

    @Override
    public Leases leases() {
        return this.leases;
    }

    @Override
    public Cluster cluster() {
        return this.cluster;
    }

    @Override
    public Maintenance maintenance() {
        return this.maintenance;
    }

    /**
     * Stops: what waits fails with STOPPED, the log is closed. The store stays open.
     * Blocks.
     */
    @Override
    public void close() {
        this.proposer.close(new KvException(Code.STOPPED));
        this.loop.shutdown();
        RaftMember member = this.raft;
        if (member != null) {
            member.close();
        }
        this.readers.close();
        this.slow.shutdown();
        try {
            this.slow.awaitTermination(10, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> awaitCurrent() {
        KvException refusal = this.damaged.refusalToCatchUp(this.failure);
        return (refusal != null) ? CompletableFuture.failedFuture(refusal) : this.reads.awaitCurrent();
    }

    private RaftMember raft() {
        RaftMember member = this.raft;
        if (member == null) {
            throw new KvException(Code.NO_LEADER, "the member is starting", null);
        }
        return member;
    }

    private boolean isConfirmedLeader() {
        RaftMember member = this.raft;
        return member != null && member.isConfirmedLeader();
    }

    /**
     * A group of one that has led since its start has applied all it ever acknowledged:
     * no round of messages can tell it more, and its reads go on while its log cannot be
     * written.
     */
    private CompletableFuture<Void> confirmRead() {
        Leadership now = this.leadership;
        if (this.identity.peerUrls().size() == 1 && (now.isSelf() || this.failure != null)) {
            return CompletableFuture.completedFuture(null);
        }
        RaftMember member = this.raft;
        return this.unanswered.ofReadIndex((member != null) ? member.readIndex()
                : CompletableFuture.failedFuture(new KvException(Code.NO_LEADER)));
    }

    /** Returns what runs a task once after a time, unless the node is closed. */
    private Executor after(Duration delay) {
        return (task) -> {
            try {
                this.loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            }
            catch (RejectedExecutionException ex) {
                logger.debug("node.closed task={}", task);
            }
        };
    }

    private void every(Duration period, Runnable work) {
        this.loop.scheduleWithFixedDelay(() -> {
            try {
                work.run();
            }
            catch (RuntimeException ex) {
                logger.warn("node.tick failure", ex);
            }
        }, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        this.proposer.tick();
        this.reads.tick();
        RaftStatus status = raft().status();
        this.proposer.leaderChanged(new Leadership(status.leader(), status.term(), this.identity.self()));
        this.quota.tick();
        this.autoCompaction.tick(this.leadership.isSelf());
        this.damaged.tick(this.leadership.isSelf());
        publishSelf(status);
    }

    private void publishSelf(RaftStatus status) {
        if (this.published || status.leader().equals(MemberId.NONE)) {
            return;
        }
        Command.PublishMember self = new Command.PublishMember(this.identity.self().value(), this.settings.name(),
                this.settings.clientUrls());
        this.published = true;
        if (!self.equals(this.state.members().get(self.memberId()))) {
            propose(self).whenComplete((done, refused) -> this.published = refused == null);
        }
    }

    /** Starts the Raft member that a node belongs to. */
    @FunctionalInterface
    public interface Connector {

        /**
         * Starts the member.
         * @param machine what the log is applied to
         * @param requests answers the peers' requests
         * @return the member
         */
        RaftMember connect(RaftStateMachine machine, PeerRequestHandler requests);

    }

    /** Brings entries to the leader. */
    private final class LeaderRouter implements Proposer.Router {

        @Override
        public void proposeHere(Bytes entry, PendingBatch batch, Proposer.Outcome outcome) {
            raft().propose(entry, batch, (certain, reason) -> {
                boolean broken = certain && ReplicatedNode.this.failure != null;
                if (broken) {
                    ReplicatedNode.this.metrics.proposalsFailed(batch.proposals().size());
                }
                Proposer.Outcome.Kind refused = broken ? Proposer.Outcome.Kind.NO_SPACE
                        : Proposer.Outcome.Kind.NOT_PROPOSED;
                outcome.failed(certain ? refused : Proposer.Outcome.Kind.UNKNOWN, reason);
            });
        }

        @Override
        public void forward(MemberId leader, Bytes entry, Proposer.Outcome outcome) {
            ReplicatedNode.this.peers.forward(leader, entry, outcome);
        }

    }

    /** Keeps the deadlines in step with the leases. */
    private final class DeadlineListener implements KvState.LeaseListener {

        @Override
        public void granted(Lease lease) {
            ReplicatedNode.this.deadlines.granted(lease);
            ReplicatedNode.this.metrics.leaseGranted(lease.ttlSeconds());
        }

        @Override
        public void revoked(long id) {
            ReplicatedNode.this.deadlines.revoked(id);
            ReplicatedNode.this.metrics.leaseRevoked();
        }

    }

    /** Reacts to the state machine. */
    private final class MachineListener implements ReplicatedState.Listener {

        @Override
        public void published(List<List<Event>> revisions, ReadView view) {
            ReplicatedNode.this.publication.publish(revisions, view);
        }

        @Override
        public void applied(ReplicatedState.Applied applied) {
            applied.answer(ReplicatedNode.this.proposer::applied);
        }

        @Override
        public void runApplied(long index) {
            ReplicatedNode.this.proposer.pump();
            RaftMember member = ReplicatedNode.this.raft;
            if (member != null && ReplicatedNode.this.leadership.isSelf()) {
                // Followers that wait for entries they forwarded answer now, not at the
                // next heartbeat.
                member.announceCommit(index);
            }
        }

        @Override
        public void compacted() {
            ReplicatedNode.this.compaction.wake();
        }

        @Override
        public void replaced() {
            ReplicatedNode.this.publication.reset(ReplicatedNode.this.store.view());
            ReplicatedNode.this.proposer.stateReplaced();
            ReplicatedNode.this.compaction.wake();
        }

        @Override
        public void leaderChanged(MemberId leader, long term) {
            Leadership now = new Leadership(leader, term, ReplicatedNode.this.identity.self());
            Leadership before = ReplicatedNode.this.leadership;
            ReplicatedNode.this.leadership = now;
            logger.info("leader.changed leader={} term={}", leader, term);
            if (now.isKnown() && !leader.equals(before.leader())) {
                ReplicatedNode.this.metrics.leaderChanged();
            }
            if (now.isSelf()) {
                ReplicatedNode.this.leaderLeases.promoted(term,
                        ReplicatedNode.this.settings.electionTimeout().toMillis());
            }
            else if (before.isSelf()) {
                ReplicatedNode.this.leaderLeases.demoted();
            }
            ReplicatedNode.this.proposer.leaderChanged(now);
            if (now.isKnown()) {
                // Once everything up to this leader's first entry is applied here,
                // earlier proposals are decided.
                ReplicatedNode.this.reads.awaitCurrent().thenRun(() -> ReplicatedNode.this.proposer.settledUpTo(term));
            }
        }

        @Override
        public void failed(@Nullable String reason) {
            ReplicatedNode.this.failure = reason;
            if (reason != null) {
                logger.error("log.failed reason=\"{}\" reads=on writes=refused", reason);
                ReplicatedNode.this.proposer.logFailed();
            }
            else {
                logger.info("log.recovered");
            }
        }

    }

}
