/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.alipay.sofa.jraft.core.Scheduler;
import com.alipay.sofa.jraft.util.SPI;
import com.alipay.sofa.jraft.util.timer.RaftTimerFactory;
import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the engine's timers, which the engine finds as a service. Its own are four
 * threads per group that wake up a thousand times per second.
 *
 * <p>
 * The engine looks only once per election timeout whether its leader is still there, so a
 * lost leader would be noticed after one to two timeouts, or even three. Here it looks
 * {@value #ELECTION_CHECKS} times as often. What a member may do when it looks is
 * unchanged: it asks for a pre-vote only when nothing came from the leader for a whole
 * election timeout, and others grant it only when they miss the leader as well.
 */
@SPI(priority = 10)
public final class EngineTimers implements RaftTimerFactory {

    private static final int ELECTION_CHECKS = 5;

    private static final int VOTE_CHECKS = 2;

    private static final int THREADS = 3;

    private static final Logger logger = LoggerFactory.getLogger(EngineTimers.class);

    private static final ScheduledThreadPoolExecutor EXECUTOR = executor();

    @Override
    public Timer getElectionTimer(boolean shared, String name) {
        return new ScheduledTimer(ELECTION_CHECKS);
    }

    @Override
    public Timer getVoteTimer(boolean shared, String name) {
        return new ScheduledTimer(VOTE_CHECKS);
    }

    @Override
    public Timer getStepDownTimer(boolean shared, String name) {
        return new ScheduledTimer(1);
    }

    @Override
    public Timer getSnapshotTimer(boolean shared, String name) {
        return new ScheduledTimer(1);
    }

    @Override
    public Scheduler getRaftScheduler(boolean shared, int workerNum, String name) {
        return new NodeScheduler();
    }

    @Override
    public Timer createTimer(String name) {
        return new ScheduledTimer(1);
    }

    @Override
    public Scheduler createScheduler(int workerNum, String name) {
        return new NodeScheduler();
    }

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS,
                EngineThreads.named("kv-raft-timer-"));
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** One timer of a node; all share the threads, so that there is nothing to stop. */
    private static final class ScheduledTimer implements Timer {

        private final int divisor;

        ScheduledTimer(int divisor) {
            this.divisor = divisor;
        }

        @Override
        public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
            ScheduledTimeout timeout = new ScheduledTimeout(this, task);
            timeout.future = EXECUTOR.schedule(timeout, Math.max(1, unit.toMicros(delay) / this.divisor),
                    TimeUnit.MICROSECONDS);
            return timeout;
        }

        @Override
        public Set<Timeout> stop() {
            return Set.of();
        }

    }

    /** One waiting task. */
    private static final class ScheduledTimeout implements Timeout, Runnable {

        private final Timer timer;

        private final TimerTask task;

        private volatile boolean expired;

        private volatile ScheduledFuture<?> future;

        @SuppressWarnings("NullAway.Init")
        ScheduledTimeout(Timer timer, TimerTask task) {
            this.timer = timer;
            this.task = task;
        }

        @Override
        public void run() {
            this.expired = true;
            try {
                this.task.run(this);
            }
            catch (Exception ex) {
                logger.error("A timer of the Raft engine failed", ex);
            }
        }

        @Override
        public Timer timer() {
            return this.timer;
        }

        @Override
        public TimerTask task() {
            return this.task;
        }

        @Override
        public boolean isExpired() {
            return this.expired;
        }

        @Override
        public boolean isCancelled() {
            return this.future.isCancelled();
        }

        @Override
        public boolean cancel() {
            return this.future.cancel(false);
        }

    }

    /** A node's view of the threads: after the node's end its tasks do nothing. */
    private static final class NodeScheduler implements Scheduler {

        private volatile boolean stopped;

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            return EXECUTOR.schedule(whileRunning(command), delay, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
            return EXECUTOR.scheduleAtFixedRate(whileRunning(command), initialDelay, period, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay,
                TimeUnit unit) {
            return EXECUTOR.scheduleWithFixedDelay(whileRunning(command), initialDelay, delay, unit);
        }

        @Override
        public void shutdown() {
            this.stopped = true;
        }

        private Runnable whileRunning(Runnable command) {
            return () -> {
                if (!this.stopped) {
                    command.run();
                }
            };
        }

    }

}
