/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.alipay.sofa.jraft.util.ThreadPoolsFactory;

/**
 * The threads that the engine is given instead of its own pools, which are sized for
 * hundreds of groups in one process. Idle ones end.
 */
final class EngineThreads {

    private static final ConcurrentMap<String, ThreadPoolExecutor> CLOSURES = new ConcurrentHashMap<>();

    /** Tasks of the engine wait for each other here, so none may wait in a queue. */
    private static final int MAX_CLOSURE_THREADS = 128;

    private static final int REQUEST_THREADS = 8;

    private static final int MAX_QUEUED_REQUESTS = 1024;

    private EngineThreads() {
    }

    static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return (task) -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Gives the engine a pool for the callbacks of a group. The engine keeps one per
     * group name and process, so members of one group in one process share it.
     */
    static void provideClosures(String group) {
        CLOSURES.computeIfAbsent(group, (name) -> {
            ThreadPoolExecutor pool = pool("kv-raft-closure-", 2, MAX_CLOSURE_THREADS, new SynchronousQueue<>());
            ThreadPoolsFactory.registerThreadPool(name, pool);
            return pool;
        });
    }

    /** Runs votes, read indexes and parts of images for other members. */
    static ThreadPoolExecutor requests() {
        return pool("kv-raft-request-", REQUEST_THREADS, REQUEST_THREADS,
                new LinkedBlockingQueue<>(MAX_QUEUED_REQUESTS));
    }

    private static ThreadPoolExecutor pool(String prefix, int core, int max, BlockingQueue<Runnable> queue) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(core, max, 30, TimeUnit.SECONDS, queue, named(prefix));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

}
