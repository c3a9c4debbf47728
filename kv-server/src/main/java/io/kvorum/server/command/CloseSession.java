/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

/**
 * Ends a session at its client's wish and deletes its ephemeral znodes in one revision.
 *
 * @param id the session's id
 * @param owner the connection that asks; one that the session has moved away from ends
 * nothing
 */
public record CloseSession(long id, long owner) implements Command.TreeCommand<Result.Session> {
}
