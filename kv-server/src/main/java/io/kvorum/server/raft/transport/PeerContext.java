/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import io.kvorum.server.common.Clock;
import io.kvorum.server.raft.PeerRequestHandler;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one transport share.
 *
 * @param self who this member is
 * @param limits the limits
 * @param tls TLS, or {@code null} for none
 * @param handler answers the node layer's requests
 * @param clock the time
 * @param warnings keeps the log short
 * @param threads the threads
 */
record PeerContext(PeerIdentity self, PeerLimits limits, @Nullable PeerTls tls, PeerRequestHandler handler, Clock clock,
        Warnings warnings, PeerThreads threads) {
}
