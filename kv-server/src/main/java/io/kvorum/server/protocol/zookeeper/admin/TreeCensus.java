/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Clock;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.tree.TreeTally;

/**
 * Counts the znodes when somebody asks, so that writes do not pay for it. A small tree is
 * counted anew each time it has changed; a large one only after a pause that is many
 * times as long as counting took, so that questions never cost more than a small share of
 * a processor. Any thread; blocks.
 */
public final class TreeCensus {

    private static final Logger logger = LoggerFactory.getLogger(TreeCensus.class);

    /** Counting that is over as fast as this is done whenever it is asked for. */
    private static final long CHEAP_NANOS = 5_000_000;

    /** Counting longer than this reads what nobody else does. */
    private static final long COSTLY_NANOS = 1_000_000_000;

    private static final long PAUSE_FACTOR = 10;

    private static final long LONG_PAUSE_FACTOR = 60;

    private final Source source;

    private final Clock clock;

    private final TreeScan scan;

    private final AtomicBoolean counting = new AtomicBoolean();

    private volatile @Nullable Count last;

    @GuardedBy("this")
    private long finishedNanos;

    @GuardedBy("this")
    private long tookNanos;

    /**
     * Creates a census that has counted nothing yet.
     * @param source where the tree is
     * @param clock the time
     */
    public TreeCensus(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.scan = new TreeScan(source);
    }

    /**
     * Counts, or remembers.
     * @return the count, of this moment or of not long ago
     */
    public synchronized Count count() {
        Count known = this.last;
        long start = this.clock.nanoTime();
        boolean resting = start - this.finishedNanos < pauseNanos();
        long revision = this.source.revision();
        if (known != null && (resting || known.revision == revision)) {
            return known;
        }
        TreeTally tally = new TreeTally();
        this.scan.values(TreeKeys.ALL, tally::add);
        Count counted = new Count(revision, tally.znodes(), tally.ephemerals(), tally.dataBytes(), tally.sessions());
        this.last = counted;
        this.finishedNanos = this.clock.nanoTime();
        this.tookNanos = this.finishedNanos - start;
        return counted;
    }

    @GuardedBy("this")
    private long pauseNanos() {
        if (this.tookNanos <= CHEAP_NANOS) {
            return 0;
        }
        return this.tookNanos * ((this.tookNanos < COSTLY_NANOS) ? PAUSE_FACTOR : LONG_PAUSE_FACTOR);
    }

    /**
     * Remembers, and sees to it that the next one to ask gets something newer.
     * @param executor counts; may refuse
     * @return the last count, or {@code null} if there was none yet
     */
    public @Nullable Count recent(Executor executor) {
        if (this.counting.compareAndSet(false, true)) {
            try {
                executor.execute(() -> {
                    try {
                        count();
                    }
                    catch (RuntimeException ex) {
                        logger.warn("zookeeper.count-failed", ex);
                    }
                    finally {
                        this.counting.set(false);
                    }
                });
            }
            catch (RejectedExecutionException ex) {
                this.counting.set(false);
            }
        }
        return this.last;
    }

    /**
     * What there is.
     *
     * @param revision when
     * @param znodes znodes as ZooKeeper counts them: the root counts twice
     * @param ephemerals those that belong to a session
     * @param dataBytes lengths of all paths and all data
     * @param sessions the sessions of the cluster
     */
    public record Count(long revision, long znodes, long ephemerals, long dataBytes, long sessions) {
    }

}
