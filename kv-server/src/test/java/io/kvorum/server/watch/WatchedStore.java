/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.store.MvccStore;
import io.kvorum.server.store.StoreOptions;
import io.kvorum.server.store.Transaction;

/** A real store with a hub behind it; remembers all that ever happened. */
public final class WatchedStore implements AutoCloseable {

    /** So small that every way of delivery is taken. */
    static final WatchHubSettings TIGHT = new WatchHubSettings(1_000, 4_000, 8, 4_000, 16, 2_000, 4, 2,
            WatchHubSettings.DEFAULTS.retryDelay());

    private final MvccStore store;

    private final EventHub hub;

    private final List<Event> history = new ArrayList<>();

    private long appliedIndex;

    public WatchedStore(Path directory, WatchHubSettings settings) throws IOException {
        this.store = MvccStore.open(StoreOptions.in(directory));
        this.hub = EventHub.start(this.store::view, settings);
    }

    public EventHub hub() {
        return this.hub;
    }

    public long revision() {
        return this.store.view().revision();
    }

    List<Event> history() {
        return this.history;
    }

    public void put(String key, String value) {
        apply((transaction) -> transaction.put(Bytes.utf8(key), Bytes.utf8(value), 0));
    }

    public void delete(String key) {
        apply((transaction) -> transaction.delete(KeyRange.single(Bytes.utf8(key))));
    }

    public void apply(Consumer<Transaction> transaction) {
        apply(List.of(transaction));
    }

    /** Applies a batch of one revision each and publishes it. */
    void apply(List<Consumer<Transaction>> transactions) {
        List<List<Event>> revisions = applyUnpublished(transactions);
        this.hub.publish(revisions, this.store.view());
    }

    /** Applies a batch that the hub does not hear of. */
    List<List<Event>> applyUnpublished(List<Consumer<Transaction>> transactions) {
        for (Consumer<Transaction> body : transactions) {
            this.store.transact((transaction) -> {
                body.accept(transaction);
                return true;
            });
        }
        List<List<Event>> revisions = this.store.publish(++this.appliedIndex);
        revisions.forEach(this.history::addAll);
        return revisions;
    }

    void reset() {
        this.hub.reset(this.store.view());
    }

    public void compact(long revision) {
        this.store.compact(revision);
        this.store.publish(++this.appliedIndex);
    }

    long compactRevision() {
        return this.store.view().compactRevision();
    }

    @Override
    public void close() {
        this.hub.close();
        this.store.close();
    }

}
