/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The threads of a transport: a few event loops named {@code kv-peer-N}, and up to two
 * threads named {@code kv-peer-wait-N} for what may block, name resolution and the
 * engine's reactions to connections that come and go.
 */
final class PeerThreads {

    /** Each connection has at most one task waiting, so this is many connections. */
    private static final int MAX_WAITING_TASKS = 1024;

    private final EventLoopGroup eventLoops;

    private final ThreadPoolExecutor waiting;

    PeerThreads(int eventLoopThreads) {
        this.eventLoops = new MultiThreadIoEventLoopGroup(eventLoopThreads, named("kv-peer-"),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.waiting = new ThreadPoolExecutor(2, 2, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING_TASKS),
                named("kv-peer-wait-"));
        this.waiting.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns the event loops.
     * @return the event loops
     */
    EventLoopGroup eventLoops() {
        return this.eventLoops;
    }

    /**
     * Returns the kind of channel that goes with the event loops.
     * @return the class for connections to others
     */
    Class<? extends Channel> clientChannel() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /**
     * Returns the kind of channel that goes with the event loops.
     * @return the class for the listening socket
     */
    Class<? extends ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /**
     * Runs what may block.
     * @param task the task
     * @throws RejectedExecutionException if too many tasks wait or the transport is
     * closed
     */
    void mayBlock(Runnable task) {
        this.waiting.execute(task);
    }

    /** Stops all threads. Blocks for a short while. */
    void close() {
        this.waiting.shutdown();
        try {
            // First those that use the event loops. A name server that does not answer
            // must not hold us up for long.
            if (!this.waiting.awaitTermination(1, TimeUnit.SECONDS)) {
                this.waiting.shutdownNow();
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        this.eventLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return (task) -> {
            // Netty's thread class, for its fast thread locals.
            Thread thread = new io.netty.util.concurrent.FastThreadLocalThread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

}
