/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes the file: commits by time, and runs what else needs the file
 * for itself. Nobody interrupts it. It ends with any error that is not the disk's, and
 * whoever waits for it learns that.
 */
final class Committer implements Defragmentation.Closing {

    /** Callers beyond this many wait for a place. */
    private static final int MAX_WAITING = 64;

    private static final long POLL_MILLIS = 20;

    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(MAX_WAITING);

    private final AtomicBoolean woken = new AtomicBoolean();

    private final long intervalNanos;

    private final Runnable round;

    private final Thread thread;

    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Starts the thread.
     * @param interval time between rounds
     * @param round what to do each time
     */
    Committer(Duration interval, Runnable round) {
        this.intervalNanos = interval.toNanos();
        this.round = round;
        this.thread = new Thread(this::loop, "kv-store-commit");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Asks for a round before its time. Never blocks. */
    void wake() {
        if (!this.woken.getAndSet(true)) {
            boolean unused = this.tasks.offer(this.round);
        }
    }

    /**
     * Runs a task on the thread and waits for it.
     * @param <T> type of the result
     * @param task the task
     * @param trouble tells why the disk refuses writes; the caller then does not wait
     * @return its result
     * @throws IOException if the task or the disk failed
     */
    <T> T run(Callable<T> task, Supplier<@Nullable IOException> trouble) throws IOException {
        FutureTask<T> future = new FutureTask<>(task);
        try {
            boolean queued = false;
            while (true) {
                IOException refused = trouble.get();
                if (refused != null) {
                    throw new IOException(refused.getMessage(), refused);
                }
                if (!this.thread.isAlive()) {
                    throw new IOException("the store is closed, or its thread has failed");
                }
                if (!queued) {
                    queued = this.tasks.offer(future, POLL_MILLIS, TimeUnit.MILLISECONDS);
                }
                else if (finished(future)) {
                    return future.get();
                }
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the store");
        }
        catch (ExecutionException ex) {
            throw new IOException(String.valueOf(ex.getCause()), ex);
        }
    }

    /**
     * Runs a task on the thread and waits for it, however long the disk takes. For the
     * apply thread, which cannot go on without.
     * @param task the task
     */
    void runAnyway(Runnable task) {
        try {
            boolean unused = run(() -> {
                task.run();
                return true;
            }, () -> null);
        }
        catch (IOException ex) {
            throw new StoreDamagedError("the store cannot be written any more", ex);
        }
    }

    /** Stops the thread after what is queued, and waits for it. */
    void close() {
        this.closed.countDown();
        // Whatever it is, it ends the wait for the next round.
        boolean unused = this.tasks.offer(() -> {
        });
        boolean interrupted = false;
        while (true) {
            try {
                this.thread.join();
                break;
            }
            catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean await(long time, TimeUnit unit) {
        try {
            return this.closed.await(time, unit);
        }
        catch (InterruptedException ex) {
            return isClosing();
        }
    }

    private boolean isClosing() {
        return this.closed.getCount() == 0;
    }

    private static boolean finished(FutureTask<?> future) throws InterruptedException, ExecutionException {
        try {
            future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        }
        catch (TimeoutException ex) {
            return false;
        }
    }

    private void loop() {
        long next = System.nanoTime() + this.intervalNanos;
        while (true) {
            Runnable task = poll(next - System.nanoTime());
            if (task != null) {
                task.run();
            }
            else if (isClosing()) {
                return;
            }
            if (task == null || next - System.nanoTime() <= 0) {
                this.woken.set(false);
                this.round.run();
                next = System.nanoTime() + this.intervalNanos;
            }
        }
    }

    private @Nullable Runnable poll(long nanos) {
        try {
            return this.tasks.poll(isClosing() ? 0 : Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        }
        catch (InterruptedException ex) {
            return null;
        }
    }

}
