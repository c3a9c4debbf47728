/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Clock;
import io.kvorum.server.protocol.zookeeper.admin.Source;

/**
 * Whether this port is cut off from the cluster and serves only those who are content
 * with reading. ZooKeeper: such a server is another one, so whoever is connected when
 * that changes must connect again. Confined to the timer, except the question itself.
 */
final class Availability {

    private static final Logger logger = LoggerFactory.getLogger(Availability.class);

    private static final long CHECK_MILLIS = 200;

    private final Source source;

    private final ZookeeperSettings settings;

    private final Clock clock;

    private final Runnable changed;

    private boolean lost;

    private long lostNanos;

    private volatile boolean readOnly;

    /**
     * Begins with a port that can be written to.
     * @param changed closes the connections of clients
     */
    Availability(Source source, ZookeeperSettings settings, Clock clock, Runnable changed) {
        this.source = source;
        this.settings = settings;
        this.clock = clock;
        this.changed = changed;
    }

    /** Begins to look after the cluster, if a port that is cut off is of any use. */
    void start(ScheduledExecutorService timer) {
        if (this.settings.readOnlyMode()) {
            timer.scheduleWithFixedDelay(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Tells whether only reading is possible. Any thread. */
    boolean isReadOnly() {
        return this.readOnly;
    }

    /** An election that is over soon changes nothing. */
    void check() {
        long now = this.clock.nanoTime();
        boolean serving = this.source.isServing();
        if (!serving && !this.lost) {
            this.lostNanos = now;
        }
        this.lost = !serving;
        boolean cutOff = this.lost && now - this.lostNanos >= this.settings.tick().toNanos();
        if (cutOff != this.readOnly && (cutOff || serving)) {
            this.readOnly = cutOff;
            logger.info("zookeeper.read-only mode={}", cutOff);
            this.changed.run();
        }
    }

}
