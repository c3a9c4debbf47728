/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.CommandBatch;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.RaftStateMachine;
import io.kvorum.server.state.KvState;
import io.kvorum.server.store.KvStore;
import io.kvorum.server.store.ReadView;

/**
 * Between the log and the state: applies a run of entries, makes it visible, tells the
 * watchers, and only then answers the proposals, so that whoever got an answer reads it.
 */
final class ReplicatedState implements RaftStateMachine {

    private final KvStore store;

    private final KvState state;

    private final Listener listener;

    private final NodeMetrics metrics;

    /**
     * Held by whoever writes to the store: the apply thread, and the compaction between
     * two runs.
     */
    private final ReentrantLock writer = new ReentrantLock();

    private volatile LongFunction<@Nullable PendingBatch> ownBatches = (id) -> null;

    private final long self;

    ReplicatedState(KvStore store, KvState state, MemberId self, Listener listener, NodeMetrics metrics) {
        this.store = store;
        this.state = state;
        this.self = self.value();
        this.listener = listener;
        this.metrics = metrics;
    }

    /**
     * Says where to find batches that this member proposed and another one put into the
     * log.
     */
    void ownBatches(LongFunction<@Nullable PendingBatch> lookup) {
        this.ownBatches = lookup;
    }

    ReentrantLock writerLock() {
        return this.writer;
    }

    @Override
    public long appliedIndex() {
        return this.store.view().appliedIndex();
    }

    @Override
    public void apply(Iterable<CommittedEntry> entries) {
        List<Applied> run = new ArrayList<>();
        long compactRevision = this.store.view().compactRevision();
        this.writer.lock();
        try {
            this.metrics.applying();
            long lastIndex = 0;
            for (CommittedEntry entry : entries) {
                run.add(applyEntry(entry));
                lastIndex = entry.index();
            }
            if (lastIndex != 0) {
                List<List<Event>> revisions = this.store.publish(lastIndex);
                this.listener.published(revisions, this.store.view());
            }
        }
        finally {
            this.writer.unlock();
        }
        run.forEach(this.listener::applied);
        this.listener.runApplied(this.store.view().appliedIndex());
        if (this.store.view().compactRevision() != compactRevision) {
            this.listener.compacted();
        }
    }

    @Override
    public void persist() throws IOException {
        this.store.commit();
    }

    @Override
    public Image openImage() {
        KvStore.StoreImage image = this.store.openImage();
        return new Image() {

            @Override
            public long appliedIndex() {
                return image.appliedIndex();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                image.writeTo(out);
            }

            @Override
            public void close() {
                image.close();
            }

        };
    }

    @Override
    public void install(InputStream image) throws IOException {
        this.writer.lock();
        try {
            this.store.install(image);
            this.state.reload();
        }
        finally {
            this.writer.unlock();
        }
        this.listener.replaced();
    }

    @Override
    public void leaderChanged(MemberId leader, long term) {
        this.listener.leaderChanged(leader, term);
    }

    @Override
    public void failed(@Nullable String reason) {
        this.listener.failed(reason);
    }

    private Applied applyEntry(CommittedEntry entry) {
        Object attachment = entry.attachment();
        PendingBatch batch = null;
        if (attachment instanceof PendingBatch proposedHere) {
            batch = proposedHere;
        }
        else {
            CommandBatch header = CommandBatch.decodeHeader(entry.data());
            if (header.origin() == this.self) {
                batch = this.ownBatches.apply(header.id());
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        if (batch != null) {
            batch.proposals().forEach((proposal) -> outcomes.add(applyCommand(proposal.command(), entry.term())));
        }
        else {
            CommandBatch.decode(entry.data())
                .commands()
                .forEach((command) -> outcomes.add(applyCommand(command, entry.term())));
        }
        ForwardedBatch forwarded = (attachment instanceof ForwardedBatch f) ? f : null;
        return new Applied(entry.index(), batch, forwarded, outcomes);
    }

    private Outcome applyCommand(Command<?> command, long term) {
        try {
            Result result = this.state.apply(command, term);
            this.metrics.applied(command, true);
            return new Outcome(result, null);
        }
        catch (KvException ex) {
            this.metrics.applied(command, false);
            return new Outcome(null, ex);
        }
    }

    /**
     * What the rest of the node does about the state machine's events. Called on the
     * apply thread; must not block.
     */
    interface Listener {

        /** Readers see the new view. */
        void published(List<List<Event>> revisions, ReadView view);

        /** An entry was applied and is visible. */
        void applied(Applied applied);

        /** All entries of a run, up to the index, were applied and answered. */
        void runApplied(long index);

        /** There are compacted revisions to free. */
        void compacted();

        /** The whole state was replaced by an image. */
        void replaced();

        /** The group has another leader. */
        void leaderChanged(MemberId leader, long term);

        /** The log does not work, or works again. */
        void failed(@Nullable String reason);

    }

    /**
     * An applied entry.
     *
     * @param index its index
     * @param batch the batch to answer, if this member proposed it
     * @param forwarded the member to answer, if it was put into the log for another one
     * @param outcomes one for each command
     */
    record Applied(long index, @Nullable PendingBatch batch, @Nullable ForwardedBatch forwarded,
            List<Outcome> outcomes) {

        /** Answers the clients. */
        void answer(Consumer<PendingBatch> done) {
            if (this.forwarded != null) {
                this.forwarded.inLog().complete(null);
            }
            if (this.batch == null) {
                return;
            }
            done.accept(this.batch);
            for (int i = 0; i < this.outcomes.size(); i++) {
                Outcome outcome = this.outcomes.get(i);
                this.batch.proposals().get(i).complete(outcome.result, outcome.failure);
            }
        }

    }

    /**
     * What came of a command: a result or a failure.
     */
    record Outcome(@Nullable Result result, @Nullable KvException failure) {
    }

    /** Attachment of an entry that this member put into the log for another one. */
    record ForwardedBatch(CompletableFuture<Void> inLog) {
    }

}
