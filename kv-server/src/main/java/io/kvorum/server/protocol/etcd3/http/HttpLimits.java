/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.time.Duration;

/**
 * What one HTTP connection may cost.
 *
 * @param maxHeaderBytes size of a request's first line, and of all its headers; at the
 * limit the answer is 414 or 431 and the connection is closed
 * @param maxBodyBytes size of a request's body; at the limit the answer is 413
 * @param requestTimeout how long a request may take to arrive, from its first byte; then
 * the answer is 408 and the connection is closed
 * @param idleTimeout how long a connection may wait for its next request before it is
 * closed
 * @param checkTimeout how long a health check waits for the cluster
 */
public record HttpLimits(int maxHeaderBytes, int maxBodyBytes, Duration requestTimeout, Duration idleTimeout,
        Duration checkTimeout) {

    /** Enough for every client that means well. */
    public static final HttpLimits DEFAULTS = new HttpLimits(16 * 1024, 64 * 1024, Duration.ofSeconds(10),
            Duration.ofMinutes(2), Duration.ofSeconds(7));

}
