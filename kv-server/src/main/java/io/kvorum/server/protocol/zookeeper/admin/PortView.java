/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.Collection;

/** A ZooKeeper port as operators see it. Any thread. */
public interface PortView {

    /**
     * Lists the connections of this moment, those without a session included.
     * @return the connections
     */
    Collection<? extends ConnectionView> connections();

    /**
     * Returns the numbers of this port.
     * @return the statistics
     */
    PortStatistics statistics();

    /**
     * Tells whether this port serves only who is content with reading.
     * @return {@code true} if it does
     */
    boolean isReadOnly();

}
