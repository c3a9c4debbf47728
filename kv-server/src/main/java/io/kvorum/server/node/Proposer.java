/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.CommandBatch;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Clock;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;

/**
 * Group commit: commands that arrive while earlier ones are under way travel together in
 * the next entry; a lone command is sent at once. Hands entries to the leader, wherever
 * it is, and keeps what this member proposed until it is applied here. Safe for any
 * thread.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>A command is in at most one entry: it is proposed again only when its entry is
 * certainly not in the log.</li>
 * <li>Each proposal is answered once, at the latest at its deadline.</li>
 * <li>An entry of this member goes when none is on its way, or after the last one had
 * {@code batchOverlap} to come back. Entries whose fate is unknown do not hold others up,
 * but there are at most {@value #MAX_UNDECIDED} of both.</li>
 * </ol>
 */
final class Proposer {

    private static final int MAX_UNDECIDED = 64;

    private final NodeSettings settings;

    private final MemberId self;

    private final Clock clock;

    private final Router router;

    private final Executor afterOverlap;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Deque<Proposal<?>> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private final Map<Long, PendingBatch> pending = new HashMap<>();

    /** Entries in {@link #pending} whose fate is not unknown. */
    @GuardedBy("lock")
    private int underWay;

    @GuardedBy("lock")
    private long lastSentNanos;

    @GuardedBy("lock")
    private boolean pumpIsDue;

    @GuardedBy("lock")
    private Leadership leadership;

    @GuardedBy("lock")
    private long lastBatchId;

    @GuardedBy("lock")
    private @Nullable KvException closed;

    /**
     * Creates the proposer.
     * @param settings the limits
     * @param self this member
     * @param clock the time
     * @param router brings entries to the leader
     * @param afterOverlap runs a task when {@code batchOverlap} is over
     */
    Proposer(NodeSettings settings, MemberId self, Clock clock, Router router, Executor afterOverlap) {
        this.settings = settings;
        this.self = self;
        this.clock = clock;
        this.router = router;
        this.afterOverlap = afterOverlap;
        this.leadership = new Leadership(MemberId.NONE, 0, self);
        // Ids of an earlier run of this member may still be in the log: start above them.
        this.lastBatchId = clock.currentTimeMillis() << 20;
    }

    <R extends Result> CompletableFuture<R> propose(Command<R> command) {
        long deadline = this.clock.nanoTime() + this.settings.requestTimeout().toNanos();
        Proposal<R> proposal = new Proposal<>(command, deadline);
        synchronized (this.lock) {
            if (this.closed != null) {
                return CompletableFuture.failedFuture(this.closed);
            }
            if (this.waiting.size() >= this.settings.maxWaitingCommands()) {
                return CompletableFuture.failedFuture(new KvException(Code.TOO_MANY_REQUESTS));
            }
            this.waiting.add(proposal);
        }
        pump();
        return proposal.future();
    }

    /**
     * Returns the batch with this id if it was proposed by this run of this member and is
     * not given up yet.
     */
    @Nullable PendingBatch find(long id) {
        synchronized (this.lock) {
            return this.pending.get(id);
        }
    }

    /** The batch was applied; the caller answers its proposals. */
    void applied(PendingBatch batch) {
        synchronized (this.lock) {
            forget(batch);
        }
    }

    /** Sends what waits, as far as the limits allow. */
    void pump() {
        boolean lookAgain = false;
        while (true) {
            PendingBatch batch;
            MemberId leader;
            synchronized (this.lock) {
                if (this.waiting.isEmpty() || !this.leadership.isKnown() || this.closed != null) {
                    return;
                }
                long now = this.clock.nanoTime();
                if (!mayFollow(now)) {
                    lookAgain = !this.pumpIsDue;
                    this.pumpIsDue = true;
                    break;
                }
                batch = nextBatch(now);
                leader = this.leadership.leader();
            }
            send(batch, leader);
        }
        if (lookAgain) {
            this.afterOverlap.execute(this::pumpAfterOverlap);
        }
    }

    boolean isIdle() {
        synchronized (this.lock) {
            return this.pending.isEmpty() && this.waiting.isEmpty();
        }
    }

    int waiting() {
        synchronized (this.lock) {
            return this.waiting.size() + this.pending.values().stream().mapToInt((b) -> b.proposals().size()).sum();
        }
    }

    void leaderChanged(Leadership now) {
        synchronized (this.lock) {
            this.leadership = now;
        }
        pump();
    }

    /**
     * Everything that was committed up to the given term is applied here: what was handed
     * to a leader of an earlier term and did not show up is lost, or was never proposed.
     */
    void settledUpTo(long term) {
        failWhere((batch) -> batch.term() < term, Code.LEADER_CHANGED);
    }

    /**
     * The state was replaced by an image: whether pending batches are in it is unknown.
     */
    void stateReplaced() {
        failWhere((batch) -> true, Code.TIMEOUT);
    }

    /**
     * This member's log does not work: what is on its way may be in it or not, and nobody
     * need wait to hear that. Whatever comes now is refused before it gets here.
     */
    void logFailed() {
        failWhere((batch) -> true, Code.TIMEOUT);
    }

    /** Gives up what has waited too long. */
    void tick() {
        long now = this.clock.nanoTime();
        List<Proposal<?>> late = new ArrayList<>();
        synchronized (this.lock) {
            while (!this.waiting.isEmpty() && this.waiting.element().deadlineNanos() - now <= 0) {
                late.add(this.waiting.remove());
            }
        }
        late.forEach((proposal) -> proposal.complete(null, new KvException(Code.TIMEOUT)));
        failWhere((batch) -> batch.isOverdue(now), Code.TIMEOUT);
    }

    void close(KvException reason) {
        List<Proposal<?>> left;
        synchronized (this.lock) {
            this.closed = reason;
            left = new ArrayList<>(this.waiting);
            this.waiting.clear();
        }
        left.forEach((proposal) -> proposal.complete(null, reason));
        failWhere((batch) -> true, reason.code());
    }

    @GuardedBy("lock")
    private boolean mayFollow(long now) {
        boolean inTurn = this.underWay == 0 || now - this.lastSentNanos >= this.settings.batchOverlap().toNanos();
        return inTurn && this.pending.size() < MAX_UNDECIDED;
    }

    /** The quorum may be slow: the next entry need not wait for it any longer. */
    private void pumpAfterOverlap() {
        synchronized (this.lock) {
            this.pumpIsDue = false;
        }
        pump();
    }

    @GuardedBy("lock")
    private void forget(PendingBatch batch) {
        if (this.pending.remove(batch.id()) != null && !batch.unknown()) {
            this.underWay--;
        }
    }

    @GuardedBy("lock")
    private PendingBatch nextBatch(long now) {
        List<Proposal<?>> proposals = new ArrayList<>();
        int bytes = 0;
        while (!this.waiting.isEmpty() && proposals.size() < this.settings.maxBatchCommands()) {
            int size = this.waiting.element().encoded().length;
            if (!proposals.isEmpty() && bytes + size > this.settings.maxBatchBytes()) {
                break;
            }
            bytes += size;
            proposals.add(this.waiting.remove());
        }
        PendingBatch batch = new PendingBatch(++this.lastBatchId, proposals, this.leadership.term(),
                this.leadership.isSelf());
        this.pending.put(batch.id(), batch);
        this.underWay++;
        this.lastSentNanos = now;
        return batch;
    }

    private void send(PendingBatch batch, MemberId leader) {
        List<byte[]> encoded = new ArrayList<>(batch.proposals().size());
        batch.proposals().forEach((proposal) -> encoded.add(proposal.encoded()));
        Bytes entry = CommandBatch.encode(this.self.value(), batch.id(), encoded);
        Outcome outcome = (result, reason) -> failed(batch, result, reason);
        if (batch.local()) {
            this.router.proposeHere(entry, batch, outcome);
        }
        else {
            this.router.forward(leader, entry, outcome);
        }
    }

    private void failed(PendingBatch batch, Outcome.Kind kind, String reason) {
        synchronized (this.lock) {
            boolean undecided = this.pending.containsKey(batch.id());
            if (!undecided) {
                return;
            }
            if (kind == Outcome.Kind.UNKNOWN) {
                // It may show up in the log: settledUpTo() or its deadline decides.
                if (!batch.unknown()) {
                    batch.becameUnknown();
                    this.underWay--;
                }
            }
            else {
                forget(batch);
            }
            if (kind == Outcome.Kind.NOT_PROPOSED) {
                for (int i = batch.proposals().size() - 1; i >= 0; i--) {
                    this.waiting.addFirst(batch.proposals().get(i));
                }
                if (this.leadership.term() == batch.term()) {
                    // That leader does not lead (any more): wait until we hear who does.
                    this.leadership = new Leadership(MemberId.NONE, batch.term(), this.self);
                }
            }
        }
        if (kind == Outcome.Kind.NO_SPACE) {
            batch.fail(new KvException(Code.NO_SPACE, reason, null));
        }
        pump();
    }

    private void failWhere(Predicate<PendingBatch> which, Code code) {
        List<PendingBatch> lost;
        synchronized (this.lock) {
            lost = this.pending.values().stream().filter(which).toList();
            lost.forEach(this::forget);
        }
        if (!lost.isEmpty()) {
            lost.forEach((batch) -> batch.fail(new KvException(code)));
            pump();
        }
    }

    /** Brings entries to the leader. */
    interface Router {

        /**
         * This member leads: put the entry into the log, with the batch as its
         * attachment.
         */
        void proposeHere(Bytes entry, PendingBatch batch, Outcome outcome);

        /** Another member leads: hand it the entry. */
        void forward(MemberId leader, Bytes entry, Outcome outcome);

    }

    /** Learns that an entry did not go the usual way. */
    @FunctionalInterface
    interface Outcome {

        void failed(Kind kind, String reason);

        /** How certain the failure is. */
        enum Kind {

            /** The entry is certainly not in the log; another leader can have it. */
            NOT_PROPOSED,
            /** The entry may be in the log. */
            UNKNOWN,
            /** The entry is certainly not in the log because a disk is full. */
            NO_SPACE

        }

    }

}
