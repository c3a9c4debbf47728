/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import io.kvorum.server.common.Bytes;

/**
 * Begins a session of a ZooKeeper client. The session is a lease with the same id.
 *
 * @param id the session's id, chosen by the proposer, never 0
 * @param passwordHash what the password that resumes it hashes to; the password itself is
 * nowhere
 * @param timeoutMillis the negotiated timeout
 * @param owner tells the connection apart that has the session now
 */
public record OpenSession(long id, Bytes passwordHash, int timeoutMillis,
        long owner) implements Command.TreeCommand<Result.Session> {
}
