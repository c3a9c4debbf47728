/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KvException;

/**
 * The store on MVStore: a log of revisions that holds the values, and indexes into it.
 * See docs/adr/0004-storage-layout.md.
 */
public final class MvccStore implements KvStore {

    private static final int BACK_PRESSURE_FACTOR = 4;

    private final StoreOptions options;

    private final Clock clock;

    private final StoreDirectory directory;

    private final BatchGate gate = new BatchGate();

    private final UndoLog undo = new UndoLog();

    private final Committer committer;

    private final ReadFailures failures;

    private final long commitBytes;

    private volatile Engine engine;

    private volatile MvccView view;

    private volatile StoreSize size;

    /** Confined to the apply thread; read by others only while they hold the gate. */
    private StoreState state;

    private IndexAppend append;

    private List<List<Event>> unpublished = new ArrayList<>();

    private volatile boolean abandoned;

    /** Confined to the committer. */
    private long lastSync;

    private MvccStore(StoreOptions options, StoreDirectory directory, Engine engine, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.directory = directory;
        this.engine = engine;
        this.failures = new ReadFailures(engine.path());
        this.commitBytes = options.commitMegabytes() * 1024L * 1024L;
        this.state = engine.readState();
        this.append = new IndexAppend(engine.maps());
        this.view = freeze(engine);
        this.size = measure(engine);
        this.lastSync = clock.nanoTime();
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
        Clock clock = Clock.SYSTEM;
        StoreDirectory directory = StoreDirectory.open(options.directory());
        try {
            Engine engine = Engine.open(directory.file(), options, WriteTrouble.retrying(), clock);
            return new MvccStore(options, directory, engine, clock);
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
        throw new UnsupportedOperationException("images");
    }

    @Override
    public void install(InputStream image) throws IOException {
        throw new UnsupportedOperationException("images");
    }

    @Override
    public void defragment() throws IOException {
        throw new UnsupportedOperationException("defragmentation");
    }

    @Override
    public StoreSize size() {
        return this.size;
    }

    @Override
    public void close() {
        this.abandoned = this.gate.inBatch();
        if (this.abandoned) {
            this.gate.leaveBatch();
        }
        if (this.engine.trouble().current() != null) {
            this.engine.trouble().giveUp();
        }
        this.committer.close();
        this.engine.pins().close();
        if (this.abandoned || this.engine.trouble().current() != null) {
            this.engine.store().closeImmediately();
        }
        else {
            this.engine.store().close();
        }
        this.directory.close();
    }

    /** Opens a batch, after waiting for the disk if too much is not committed yet. */
    private void begin() {
        if (this.gate.inBatch()) {
            return;
        }
        if (this.engine.store().getUnsavedMemory() > BACK_PRESSURE_FACTOR * this.commitBytes) {
            this.committer.await(this::round);
        }
        this.gate.enterBatch();
    }

    private void endBatch() {
        this.state.write(this.engine.maps().meta());
        this.view = freeze(this.engine);
        this.gate.leaveBatch();
        if (this.engine.store().getUnsavedMemory() > this.commitBytes) {
            this.committer.wake();
        }
    }

    private MvccView freeze(Engine current) {
        // Pinned before the roots are taken: pages that are replaced later are then
        // accounted to this version or a later one.
        VersionPins.Pin pin = current.pins().current();
        MvccView before = this.view;
        StoreMaps frozen = current.maps().frozen((before != null) ? before.snapshot().maps() : current.maps());
        return new MvccView(new Snapshot(frozen, this.state, current.cache()), pin, this.failures);
    }

    private void round() {
        commit(false);
    }

    private void commit(boolean sync) {
        Engine current = this.engine;
        this.gate.hold();
        if (this.abandoned) {
            this.gate.release();
            return;
        }
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
        moveViewOn(current);
        current.pins().releaseOutdated();
        this.size = measure(current);
    }

    /**
     * Lets the newest view use the version after the commit, so that older ones can go.
     */
    private void moveViewOn(Engine current) {
        this.gate.hold();
        try {
            if (this.view.pin() != current.pins().current()) {
                this.view = freeze(current);
            }
        }
        finally {
            this.gate.release();
        }
    }

    private static StoreSize measure(Engine current) {
        return new StoreSize(current.file().size(), current.file().inUseBytes());
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
