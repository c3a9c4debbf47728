/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The monotonic clock of the machine, and one thread for all that is done later. */
final class SystemTicker implements Ticker, AutoCloseable {

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, (task) -> {
        Thread created = new Thread(task, "kv-client-timer");
        created.setDaemon(true);
        return created;
    });

    SystemTicker() {
        this.thread.setRemoveOnCancelPolicy(true);
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // What comes after the end is not done.
        this.thread.setRejectedExecutionHandler((task, executor) -> {
        });
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Pending after(long delay, TimeUnit unit, Runnable task) {
        Future<?> future = this.thread.schedule(task, delay, unit);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        this.thread.shutdown();
    }

}
