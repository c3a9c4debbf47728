/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import io.kvorum.server.common.Event;
import io.kvorum.server.common.KvException;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.watch.Message.Cancelled;
import io.kvorum.server.watch.Message.Gap;
import io.kvorum.server.watch.Message.ProgressAsked;
import io.kvorum.server.watch.Message.Publication;
import io.kvorum.server.watch.Message.Registered;
import io.kvorum.server.watch.Message.Resumed;

/**
 * The hub. One thread, the delivering thread, owns the index of watchers and their places
 * and works through a mailbox; a few more read history for those that are behind. The
 * apply thread only puts a batch into the mailbox, and not even that while nobody
 * watches.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>A watcher gets the events of its range and filters from its start revision on:
 * ordered by revision, each once, none left out.</li>
 * <li>All events of one revision reach a watcher in one call of its sink.</li>
 * <li>A watcher is in one place: the index, history, paused or gone. One thread at a time
 * calls its sink.</li>
 * <li>A watcher in the index has got everything up to {@link #position()}, or begins
 * after it.</li>
 * <li>What does not fit (a full mailbox, a full sink) is not kept in memory but read from
 * history later.</li>
 * <li>The apply thread never waits for a sink, for history or for the disk.</li>
 * <li>While {@link #watcherCount()} is 0 the index is empty; publications that are left
 * out then are visible to whoever registers afterwards.</li>
 * </ol>
 */
public final class EventHub implements WatchHub, AutoCloseable {

    private final Supplier<ReadView> views;

    private final WatchHubSettings settings;

    private final Mailbox mailbox;

    private final ScheduledThreadPoolExecutor readers;

    private final AtomicInteger watchers = new AtomicInteger();

    private final LongAdder deliveredEvents = new LongAdder();

    private final Delivery delivery;

    private volatile long position;

    private volatile boolean closed;

    private EventHub(Supplier<ReadView> views, WatchHubSettings settings) {
        this.views = views;
        this.settings = settings;
        this.position = views.get().revision();
        this.mailbox = new Mailbox(settings.maxPendingBytes());
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = (task) -> daemon(task, "kv-watch-" + number.incrementAndGet());
        this.readers = new ScheduledThreadPoolExecutor(settings.catchUpThreads(), factory);
        this.readers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        this.delivery = new Delivery(this, new CatchUp(views, this.mailbox, settings, this.readers), settings);
    }

    /**
     * Starts a hub.
     * @param views gives the newest view of the store
     * @param settings its bounds
     * @return the hub, to be closed
     */
    public static EventHub start(Supplier<ReadView> views, WatchHubSettings settings) {
        EventHub hub = new EventHub(views, settings);
        daemon(hub::work, "kv-watch-0").start();
        return hub;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }

    private void work() {
        for (List<Message> messages = this.mailbox.take(); !messages.isEmpty(); messages = this.mailbox.take()) {
            this.delivery.handle(messages);
        }
    }

    /**
     * Hands over an applied batch. Called by the apply thread, once per batch that
     * changed keys, after readers can see it.
     * @param revisions the batch's events, one list per revision, in order
     * @param view the store after the batch
     */
    public void publish(List<List<Event>> revisions, ReadView view) {
        // The count is raised before a watcher looks at the newest view, so whoever is
        // not seen here sees the batch.
        if (!revisions.isEmpty() && this.watchers.get() != 0) {
            this.mailbox.publish(Publication.of(revisions, view));
        }
    }

    /**
     * Tells that the store was replaced by an image: watchers read from history what the
     * image brought. Called by the apply thread after readers can see it.
     * @param view the store after that
     */
    public void reset(ReadView view) {
        this.mailbox.put(new Gap(view.revision()));
    }

    @Override
    public Watcher watch(WatchSpec spec, WatchSink sink) {
        if (this.closed) {
            throw new KvException(KvException.Code.STOPPED);
        }
        if (this.watchers.incrementAndGet() > this.settings.maxWatchers()) {
            this.watchers.decrementAndGet();
            throw new KvException(KvException.Code.TOO_MANY_REQUESTS,
                    "there are already " + this.settings.maxWatchers() + " watchers (maxWatchers)", null);
        }
        long known = revision();
        long start = (spec.startRevision() != 0) ? spec.startRevision() : known + 1;
        RegisteredWatcher watcher = new RegisteredWatcher(this, spec, sink, start);
        this.mailbox.put(new Registered(watcher, known));
        return watcher;
    }

    @Override
    public void progress(Collection<? extends Watcher> watchers, LongConsumer answer) {
        this.mailbox.put(new ProgressAsked(List.copyOf(watchers), answer));
    }

    @Override
    public long revision() {
        return this.views.get().revision();
    }

    /**
     * Returns how many watchers are registered.
     * @return the number
     */
    public int watcherCount() {
        return this.watchers.get();
    }

    /**
     * Returns how many watchers do not get events as they come, but have to read history
     * first or wait until their sinks have room.
     * @return the number, newly registered watchers included
     */
    public int slowWatcherCount() {
        return Math.max(0, watcherCount() - this.delivery.indexed());
    }

    /**
     * Returns how many events were handed to sinks.
     * @return events, each counted for each watcher that got it
     */
    public long deliveredEvents() {
        return this.deliveredEvents.sum();
    }

    /** Ends all watches silently and stops the threads. */
    @Override
    public void close() {
        this.closed = true;
        this.mailbox.close();
        this.readers.shutdownNow();
    }

    /** Up to here everything was delivered to the watchers in the index. */
    long position() {
        return this.position;
    }

    void position(long position) {
        this.position = position;
    }

    ReadView view() {
        return this.views.get();
    }

    void cancel(RegisteredWatcher watcher) {
        this.mailbox.put(new Cancelled(watcher));
    }

    void resume(RegisteredWatcher watcher) {
        this.mailbox.put(new Resumed(watcher));
    }

    void delivered(int events) {
        this.deliveredEvents.add(events);
    }

    void forgotten() {
        this.watchers.decrementAndGet();
    }

}
