/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.Invariant;
import io.kvorum.server.common.KvException;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store on MVStore: a log of revisions that holds the values, and indexes into it.
 * See docs/adr/0004-storage-layout.md.
 */
public final class MvccStore implements KvStore {

    private static final Logger logger = LoggerFactory.getLogger(MvccStore.class);

    private static final int BACK_PRESSURE_FACTOR = 4;

    /** How much of the file is rewritten at most after each commit. */
    private static final int REWRITE_BYTES = 4 * 1024 * 1024;

    private final StoreOptions options;

    private final Clock clock;

    private final StoreDirectory directory;

    private final BatchGate gate = new BatchGate();

    private final UndoLog undo = new UndoLog();

    private final Committer committer;

    /** Replaced with the file. */
    private volatile ReadFailures failures;

    private final Measures measures;

    private final long commitBytes;

    private volatile Engine engine;

    private volatile MvccView view;

    private volatile StoreSize size;

    /** Confined to the apply thread; read by others only while they hold the gate. */
    private StoreState state;

    private IndexAppend append;

    private List<List<Event>> unpublished = new ArrayList<>();

    private final Queue<Retired> retired = new ConcurrentLinkedQueue<>();

    private volatile boolean abandoned;

    /** Confined to the committer. */
    private long lastSync;

    private MvccStore(StoreOptions options, StoreDirectory directory, Engine engine, Measures measures) {
        this.options = options;
        this.clock = measures.clock();
        this.measures = measures;
        this.directory = directory;
        this.engine = engine;
        this.failures = new ReadFailures(directory.file());
        this.commitBytes = options.commitMegabytes() * 1024L * 1024L;
        this.state = engine.readState();
        this.append = new IndexAppend(engine.maps());
        this.view = freeze(engine, engine.maps());
        this.size = measure(engine);
        this.lastSync = this.clock.nanoTime();
        this.committer = new Committer(options.commitInterval(), this::round);
    }

    /**
     * Opens the store in a directory, or creates it. After a crash it is at the state of
     * some earlier batch, which {@link ReadView#appliedIndex()} of the view tells.
     * @param options the settings
     * @return the store
     * @throws IOException if the files are damaged, in use or not accessible; the message
     * says what to do
     */
    public static MvccStore open(StoreOptions options) throws IOException {
        return open(options, StoreTimings.NONE);
    }

    /**
     * Opens the store and tells how long its work takes.
     * @param options the settings
     * @param timings where it reports that
     * @return the store
     * @throws IOException as {@link #open(StoreOptions)} does
     */
    public static MvccStore open(StoreOptions options, StoreTimings timings) throws IOException {
        Clock clock = Clock.SYSTEM;
        StoreDirectory directory = StoreDirectory.open(options.directory());
        try {
            Engine engine = Engine.open(directory.file(), options, WriteTrouble.retrying(), clock);
            engine.check(directory.file());
            return new MvccStore(options, directory, engine, new Measures(new StoreCounters(), timings, clock));
        }
        catch (IOException | RuntimeException ex) {
            directory.close();
            throw ex;
        }
    }

    @Override
    public ReadView view() {
        return this.view;
    }

    @Override
    public <T> T transact(Function<Transaction, T> body) {
        begin();
        Snapshot live = new Snapshot(this.engine.maps(), this.state, this.engine.cache());
        MvccTransaction transaction = new MvccTransaction(live, this.append, this.undo);
        try {
            T answer = body.apply(transaction);
            if (!transaction.events().isEmpty()) {
                this.unpublished.add(transaction.events());
                this.state = transaction.state();
            }
            this.undo.clear();
            this.measures.counters().add(transaction.operations());
            return answer;
        }
        catch (RuntimeException ex) {
            transaction.rollback();
            throw this.failures.forWriter(ex, "applying revision " + (this.state.revision() + 1));
        }
        catch (Error ex) {
            transaction.rollback();
            throw ex;
        }
    }

    @Override
    public List<List<Event>> publish(long appliedIndex) {
        begin();
        this.state = this.state.withApplied(appliedIndex);
        endBatch();
        List<List<Event>> events = this.unpublished;
        this.unpublished = new ArrayList<>();
        return events;
    }

    @Override
    public void compact(long revision) {
        if (revision <= this.state.compactRevision()) {
            throw new KvException(KvException.Code.COMPACTED);
        }
        if (revision > this.state.revision()) {
            throw new KvException(KvException.Code.FUTURE_REVISION);
        }
        begin();
        this.state = this.state.withCompaction(revision, Compaction.start(this.state));
    }

    @Override
    public boolean compactStep() {
        if (!this.state.compacting()) {
            return false;
        }
        boolean alone = !this.gate.inBatch();
        begin();
        try {
            this.state = new Compaction(this.engine.maps(), this.engine.cache()).step(this.state,
                    this.options.compactionRevisions());
        }
        catch (RuntimeException ex) {
            throw this.failures.forWriter(ex, "compacting");
        }
        if (alone) {
            endBatch();
        }
        return this.state.compacting();
    }

    @Override
    public void commit() throws IOException {
        this.committer.run(() -> {
            commit(true);
            return true;
        }, this.engine.trouble()::current);
    }

    @Override
    public StoreImage openImage() {
        return new MvccImage(this.view, this.failures, this.measures);
    }

    @Override
    public void install(InputStream image) throws IOException {
        Invariant.check(!this.gate.inBatch(), "an image cannot be installed in the middle of a batch");
        Engine fresh = Engine.open(this.directory.createNewFile(), this.options, WriteTrouble.failing(), this.clock);
        try {
            ImageReader.read(image, fresh, this.commitBytes);
            fresh.writeState(fresh.readState());
            fresh.store().commit();
            fresh.store().sync();
            this.committer.run(() -> {
                this.directory.switchToNewFile();
                return true;
            }, () -> null);
        }
        catch (IOException | RuntimeException ex) {
            fresh.closeImmediately();
            this.directory.deleteNewFile();
            throw (ex instanceof IOException io) ? io : new IOException("the image cannot be installed: " + ex, ex);
        }
        use(fresh);
    }

    @Override
    public void defragment() throws IOException {
        this.committer.run(() -> {
            Duration patience = this.options.viewGrace().plus(this.options.commitInterval().multipliedBy(10));
            long start = this.clock.nanoTime();
            this.measures.timings().defragmenting();
            try {
                new Defragmentation(this.engine, this::commitWithoutChange, this.gate, this.committer)
                    .run(this.options.defragmentLimit(), patience, this.clock);
            }
            finally {
                this.measures.timings().defragmented(this.clock.nanoTime() - start);
            }
            this.size = measure(this.engine);
            return true;
        }, this.engine.trouble()::current);
    }

    @Override
    public StoreSize size() {
        return this.size;
    }

    @Override
    public @Nullable String damage() {
        return this.failures.found();
    }

    /**
     * Returns what was asked of this store. Any thread.
     * @return the counters, which go on counting
     */
    public StoreCounters counters() {
        return this.measures.counters();
    }

    @Override
    public void close() {
        if (this.gate.inBatch()) {
            // Whoever applied this batch failed; half of it must not be committed.
            this.abandoned = true;
            this.gate.leaveBatch();
        }
        if (this.engine.trouble().current() != null) {
            this.abandoned = true;
            this.engine.trouble().giveUp();
        }
        this.committer.close();
        this.retired.forEach(Retired::close);
        if (this.abandoned) {
            this.engine.closeImmediately();
        }
        else {
            this.engine.pins().close();
            this.engine.store().close();
        }
        this.directory.close();
    }

    /** Switches to another engine. Apply thread, which is in no batch. */
    private void use(Engine fresh) {
        this.gate.hold();
        try {
            Engine old = this.engine;
            fresh.file().renamed(this.directory.file());
            fresh.trouble().startRetrying();
            this.engine = fresh;
            this.failures = new ReadFailures(this.directory.file());
            this.state = fresh.readState();
            this.append = new IndexAppend(fresh.maps());
            this.unpublished = new ArrayList<>();
            this.view = freeze(fresh, fresh.maps());
            old.retire();
            this.retired.add(new Retired(old, this.clock.nanoTime() + this.options.viewGrace().toNanos()));
        }
        finally {
            this.gate.release();
        }
    }

    /** Opens a batch, after waiting for the disk if too much is not committed yet. */
    private void begin() {
        if (this.gate.inBatch()) {
            return;
        }
        if (this.engine.store().getUnsavedMemory() > BACK_PRESSURE_FACTOR * this.commitBytes) {
            this.committer.runAnyway(this::round);
        }
        this.gate.enterBatch();
    }

    private void endBatch() {
        this.engine.writeState(this.state);
        this.view = freeze(this.engine, this.view.snapshot().maps());
        this.gate.leaveBatch();
        if (this.engine.store().getUnsavedMemory() > this.commitBytes) {
            this.committer.wake();
        }
    }

    private MvccView freeze(Engine current, StoreMaps before) {
        // Pinned before the roots are taken: pages that are replaced later are then
        // accounted to this version or a later one.
        VersionPins.Pin pin = current.pins().current();
        StoreMaps frozen = current.maps().frozen(before);
        return new MvccView(new Snapshot(frozen, this.state, current.cache()), pin, this.failures, this.measures);
    }

    private void round() {
        try {
            commit(false);
            this.retired.removeIf((old) -> old.closeIfUnused(this.clock));
            this.engine.file().compact(this.options.fillRate(), REWRITE_BYTES);
        }
        catch (MVStoreException ex) {
            // MVStore has closed itself; the apply thread finds out with its next write.
            RuntimeException unused = this.failures.forReader(ex, "writing");
            logger.error("event=store-commit-failed", ex);
        }
    }

    /** Makes a new version even if nothing changed, so that older ones can go. */
    private void commitWithoutChange() {
        this.gate.hold();
        try {
            this.engine.writeState(this.state);
        }
        finally {
            this.gate.release();
        }
        commit(true);
    }

    private void commit(boolean sync) {
        this.gate.hold();
        Engine current = this.engine;
        if (this.abandoned) {
            this.gate.release();
            return;
        }
        long start = this.clock.nanoTime();
        long version = current.store().getCurrentVersion();
        CollectedRoots collected = new CollectedRoots(this.gate);
        current.file().onRootsCollected(collected);
        try {
            current.store().commit();
        }
        finally {
            current.file().onRootsCollected(null);
            collected.run();
        }
        if (sync || this.clock.nanoTime() - this.lastSync > this.options.syncInterval().toNanos()) {
            current.store().sync();
            this.lastSync = this.clock.nanoTime();
        }
        if (current.store().getCurrentVersion() != version) {
            this.measures.timings().committed(this.clock.nanoTime() - start);
        }
        moveViewOn(current);
        current.pins().releaseOutdated();
        this.size = measure(current);
    }

    /**
     * Lets the newest view use the version after the commit, so that older ones can go.
     */
    @SuppressWarnings("ReferenceEquality")
    private void moveViewOn(Engine current) {
        this.gate.hold();
        try {
            if (this.engine == current && this.view.pin() != current.pins().current()) {
                this.view = freeze(current, this.view.snapshot().maps());
            }
        }
        finally {
            this.gate.release();
        }
    }

    private static StoreSize measure(Engine current) {
        return new StoreSize(current.file().size(), current.file().inUseBytes());
    }

    /** An engine that was replaced, for as long as views read it. */
    private record Retired(Engine engine, long notBefore) {

        boolean closeIfUnused(Clock clock) {
            boolean unused = clock.nanoTime() - this.notBefore >= 0 && !this.engine.pins().inUse();
            if (unused) {
                close();
            }
            return unused;
        }

        void close() {
            this.engine.closeImmediately();
        }

    }

    /** Opens the gate once. Confined to the committer. */
    private static final class CollectedRoots implements Runnable {

        private final BatchGate gate;

        private boolean done;

        CollectedRoots(BatchGate gate) {
            this.gate = gate;
        }

        @Override
        public void run() {
            if (!this.done) {
                this.done = true;
                this.gate.release();
            }
        }

    }

}
