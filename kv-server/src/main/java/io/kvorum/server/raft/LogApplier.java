/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.io.IOException;
import java.util.concurrent.Executor;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.LeaderChangeContext;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Invariant;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.snapshot.MarkStorage;
import io.kvorum.server.raft.transport.PeerIds;

/**
 * Between the engine and the state machine. Called on the engine's apply thread, of which
 * there is one at a time.
 */
final class LogApplier extends StateMachineAdapter {

    /** The log behind a mark is dropped, so marks also come by size. */
    private static final long MARK_BYTES = 256L << 20;

    private static final Logger logger = LoggerFactory.getLogger(LogApplier.class);

    private final RaftStateMachine stateMachine;

    private final MarkStorage marks;

    private final MemberId self;

    private final long markEntries;

    private final Executor executor;

    private final ApplyGate gate;

    private final Listener listener;

    private long entriesSinceMark;

    private long bytesSinceMark;

    private volatile boolean marking;

    LogApplier(RaftConfig config, RaftStateMachine stateMachine, MarkStorage marks, Executor executor, ApplyGate gate,
            Listener listener) {
        this.stateMachine = stateMachine;
        this.marks = marks;
        this.self = config.self();
        // The engine keeps the log from the mark before the last one.
        this.markEntries = Math.max(config.snapshotEntries(), config.catchUpEntries());
        this.executor = executor;
        this.gate = gate;
        this.listener = listener;
    }

    @Override
    public void onApply(Iterator entries) {
        try {
            while (entries.hasNext()) {
                EntryRun run = new EntryRun(entries, this.stateMachine.appliedIndex());
                if (run.hasNext()) {
                    this.stateMachine.apply(() -> run);
                    Invariant.check(!run.hasNext(), "The state machine left entries before index %d",
                            entries.getIndex());
                    run.commit();
                    this.gate.advanced();
                }
                this.entriesSinceMark += run.entries();
                this.bytesSinceMark += run.sizeBytes();
            }
        }
        catch (RuntimeException | Error ex) {
            // To go on with the next entry would give this member a state of its own.
            logger.error("The state machine failed; this member stops applying entries", ex);
            this.listener.applyFailed(String.valueOf(ex.getMessage()));
            entries.setErrorAndRollback(1, new Status(RaftError.ESTATEMACHINE, "%s", ex.getMessage()));
            return;
        }
        maybeMark();
    }

    @Override
    public void onSnapshotSave(SnapshotWriter writer, Closure done) {
        this.executor.execute(() -> {
            try {
                this.stateMachine.persist();
                done.run(Status.OK());
            }
            catch (IOException | RuntimeException ex) {
                // Not an I/O error to the engine: the log is fine and only keeps more.
                logger.warn("Could not make the state durable, the log keeps its entries: reason={}", ex.getMessage());
                done.run(new Status(RaftError.ECANCELED, "%s", ex.getMessage()));
            }
        });
    }

    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        if (reader.getPath().isEmpty()) {
            // Start-up: the state is here already, the storage has checked that.
            return true;
        }
        try {
            this.marks.install(reader);
            return true;
        }
        catch (IOException | RuntimeException ex) {
            logger.error("Could not install an image of the state", ex);
            return false;
        }
    }

    @Override
    public void onLeaderStart(long term) {
        this.listener.leaderChanged(this.self, term);
    }

    @Override
    public void onLeaderStop(Status status) {
        this.listener.leaderChanged(MemberId.NONE, 0);
    }

    @Override
    public void onStartFollowing(LeaderChangeContext context) {
        this.listener.leaderChanged(PeerIds.memberOf(context.getLeaderId()), context.getTerm());
    }

    @Override
    public void onStopFollowing(LeaderChangeContext context) {
        this.listener.leaderChanged(MemberId.NONE, context.getTerm());
    }

    @Override
    public void onError(RaftException failure) {
        this.listener.failed(failure);
    }

    private void maybeMark() {
        if (this.marking || this.marks.isSending()
                || (this.entriesSinceMark < this.markEntries && this.bytesSinceMark < MARK_BYTES)) {
            return;
        }
        this.marking = true;
        this.entriesSinceMark = 0;
        this.bytesSinceMark = 0;
        this.executor.execute(() -> this.listener.mark((status) -> this.marking = false));
    }

    /** What the member does with the engine's news. Called on the apply thread. */
    interface Listener {

        /**
         * There is another leader.
         * @param leader the leader, or none
         * @param term its term; 0 for the current one
         */
        void leaderChanged(MemberId leader, long term);

        /**
         * The node stopped working.
         * @param failure why
         */
        void failed(RaftException failure);

        /**
         * The state machine stopped working.
         * @param reason why
         */
        void applyFailed(String reason);

        /**
         * Asks the engine for a mark; on a thread that may block.
         * @param done runs when it is there or not possible
         */
        void mark(Closure done);

    }

}
