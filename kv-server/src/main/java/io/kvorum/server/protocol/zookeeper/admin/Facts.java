/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.kvorum.server.common.Clock;

/**
 * What reports are made of.
 *
 * @param source what is behind the port
 * @param port the port
 * @param description how the port was set up
 * @param clock the time
 * @param traceMask what operators want to be traced: kept for them, because there is
 * nothing here that ZooKeeper's masks choose from
 */
public record Facts(Source source, PortView port, Supplier<PortDescription> description, Clock clock,
        AtomicLong traceMask) {

    /** What ZooKeeper traces unless it is told otherwise. */
    private static final long DEFAULT_TRACE_MASK = 306;

    /**
     * Creates the facts with the usual trace mask.
     * @param source what is behind the port
     * @param port the port
     * @param description how the port was set up
     * @param clock the time
     */
    public Facts(Source source, PortView port, Supplier<PortDescription> description, Clock clock) {
        this(source, port, description, clock, new AtomicLong(DEFAULT_TRACE_MASK));
    }

    boolean isServing() {
        return this.port.isReadOnly() || this.source.isServing();
    }

    Servers servers() {
        return Servers.of(this.source);
    }

}
