/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Event;
import io.kvorum.server.common.KvException;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.watch.Message.CaughtUp;
import io.kvorum.server.watch.Message.Held;

/**
 * Reads history for the watchers that are behind, in steps of bounded size that several
 * watchers share when they are at about the same revision. A watcher that has reached the
 * end of the newest view goes back to the delivering thread. Any thread may add.
 */
final class CatchUp {

    private static final Logger logger = LoggerFactory.getLogger(CatchUp.class);

    private static final int FIRST_STEP_EVENTS = 64;

    private final Supplier<ReadView> views;

    private final Mailbox mailbox;

    private final WatchHubSettings settings;

    private final ScheduledExecutorService threads;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Deque<RegisteredWatcher> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private int running;

    /** How many events the next step reads: follows their size. */
    private volatile int stepEvents;

    CatchUp(Supplier<ReadView> views, Mailbox mailbox, WatchHubSettings settings, ScheduledExecutorService threads) {
        this.views = views;
        this.mailbox = mailbox;
        this.settings = settings;
        this.threads = threads;
        this.stepEvents = Math.min(FIRST_STEP_EVENTS, settings.historyEvents());
    }

    void add(RegisteredWatcher watcher) {
        synchronized (this.lock) {
            this.waiting.addLast(watcher);
            if (this.running == this.settings.catchUpThreads() || this.threads.isShutdown()) {
                return;
            }
            this.running++;
        }
        this.threads.execute(this::work);
    }

    private void work() {
        for (List<RegisteredWatcher> group = take(); !group.isEmpty(); group = take()) {
            step(group);
        }
    }

    /** Takes watchers that are close to each other; without any, this thread is free. */
    private List<RegisteredWatcher> take() {
        synchronized (this.lock) {
            RegisteredWatcher first = this.waiting.pollFirst();
            if (first == null || this.threads.isShutdown()) {
                this.running--;
                return List.of();
            }
            List<RegisteredWatcher> group = new ArrayList<>();
            group.add(first);
            int looks = Math.min(this.waiting.size(), this.settings.historyWatchers() - 1);
            for (int i = 0; i < looks; i++) {
                RegisteredWatcher watcher = this.waiting.removeFirst();
                if (Math.abs(watcher.next - first.next) < this.stepEvents) {
                    group.add(watcher);
                }
                else {
                    this.waiting.addLast(watcher);
                }
            }
            return group;
        }
    }

    private void step(List<RegisteredWatcher> group) {
        ReadView view = this.views.get();
        List<RegisteredWatcher> readers = new ArrayList<>(group.size());
        for (RegisteredWatcher watcher : group) {
            if (watcher.next < view.compactRevision()) {
                watcher.compacted(view.compactRevision());
            }
            if (watcher.isCancelled() || watcher.next > view.revision()) {
                this.mailbox.put(new CaughtUp(watcher));
            }
            else if (watcher.hasRoom()) {
                readers.add(watcher);
            }
            else {
                this.mailbox.put(new Held(watcher));
            }
        }
        if (!readers.isEmpty()) {
            read(readers, view);
        }
    }

    @SuppressWarnings("try")
    private void read(List<RegisteredWatcher> readers, ReadView view) {
        WatcherIndex index = new WatcherIndex();
        readers.forEach(index::add);
        long from = readers.stream().min(Comparator.comparingLong((watcher) -> watcher.next)).orElseThrow().next;
        long[] bytes = new long[1];
        long last;
        try (ReadView.Retained retained = view.retain()) {
            last = view.history(from, view.revision(), this.stepEvents, (events) -> {
                for (Event event : events) {
                    bytes[0] += event.kv().key().length() + event.kv().value().length();
                    index.collect(new SharedEvent(event), view);
                }
            });
        }
        catch (RuntimeException ex) {
            failed(readers, view, ex);
            return;
        }
        adaptStep(bytes[0]);
        Set<RegisteredWatcher> held = deliver(index, last, view.revision());
        for (RegisteredWatcher watcher : readers) {
            watcher.next = Math.max(watcher.next, last + 1);
            if (held.contains(watcher)) {
                this.mailbox.put(new Held(watcher));
            }
            else if (watcher.next > view.revision()) {
                this.mailbox.put(new CaughtUp(watcher));
            }
            else {
                add(watcher);
            }
        }
    }

    private static Set<RegisteredWatcher> deliver(WatcherIndex index, long last, long revision) {
        Set<RegisteredWatcher> held = new HashSet<>();
        for (WatcherGroup group : index.takeTouched()) {
            var events = group.takeCollected();
            for (RegisteredWatcher watcher : group.watchers()) {
                if (!watcher.deliver(events, last, revision)) {
                    held.add(watcher);
                }
            }
        }
        return held;
    }

    private void failed(List<RegisteredWatcher> readers, ReadView view, RuntimeException ex) {
        if (ex instanceof KvException answer && answer.code() == KvException.Code.COMPACTED) {
            readers.forEach((watcher) -> compactedUpTo(watcher, view));
            return;
        }
        logger.error("history not read, trying again watchers={} next={}", readers.size(), readers.get(0).next, ex);
        var unused = this.threads.schedule(() -> readers.forEach(this::add), this.settings.retryDelay().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void compactedUpTo(RegisteredWatcher watcher, ReadView view) {
        if (watcher.next <= view.compactRevision()) {
            watcher.compacted(view.compactRevision());
            this.mailbox.put(new CaughtUp(watcher));
        }
        else {
            add(watcher);
        }
    }

    private void adaptStep(long bytes) {
        int step = this.stepEvents;
        if (bytes > this.settings.historyBytes()) {
            this.stepEvents = Math.max(1, step / 2);
        }
        else if (bytes < this.settings.historyBytes() / 4) {
            this.stepEvents = Math.min(this.settings.historyEvents(), step * 2);
        }
    }

}
