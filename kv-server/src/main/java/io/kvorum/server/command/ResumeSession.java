/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import io.kvorum.server.common.Bytes;

/**
 * Takes a session over to another connection, on this member or another one.
 *
 * @param id the session's id
 * @param passwordHash the hash of the password that the client shows
 * @param timeoutMillis the timeout that was negotiated this time
 * @param owner tells the connection apart that has the session from now on
 */
public record ResumeSession(long id, Bytes passwordHash, int timeoutMillis,
        long owner) implements Command.TreeCommand<Result.Session> {
}
