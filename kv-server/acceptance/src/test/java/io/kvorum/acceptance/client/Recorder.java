/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kvorum.client.Event;
import io.kvorum.client.KvException;
import io.kvorum.client.Result;
import io.kvorum.client.WatchListener;

/** Remembers what a watch has told. */
final class Recorder implements WatchListener {

    private final List<Event> events = new CopyOnWriteArrayList<>();

    private final List<Result.Range> missed = new CopyOnWriteArrayList<>();

    private final List<KvException> ends = new CopyOnWriteArrayList<>();

    @Override
    public void changed(List<Event> changes, long revision) {
        this.events.addAll(changes);
    }

    @Override
    public void missed(Result.Range range) {
        this.missed.add(range);
    }

    @Override
    public void ended(KvException failure) {
        this.ends.add(failure);
    }

    List<Event> events() {
        return List.copyOf(this.events);
    }

    List<Long> revisions() {
        return this.events.stream().map((event) -> event.kv().modRevision()).toList();
    }

    List<Result.Range> missed() {
        return List.copyOf(this.missed);
    }

    List<KvException> ends() {
        return List.copyOf(this.ends);
    }

}
