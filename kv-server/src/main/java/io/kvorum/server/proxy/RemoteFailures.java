/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.concurrent.CompletionException;

import io.grpc.Status;

import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/** The one table that says what the remote cluster's errors mean. */
final class RemoteFailures {

    private RemoteFailures() {
    }

    static KvException of(Throwable failure) {
        Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
                : failure;
        if (cause instanceof KvException known) {
            return known;
        }
        Status status = Status.fromThrowable(cause);
        String text = (status.getDescription() != null) ? status.getDescription() : "";
        return new KvException(code(status.getCode(), text), status.getCode() + ": " + text, null);
    }

    private static Code code(Status.Code code, String text) {
        return switch (code) {
            case INVALID_ARGUMENT -> text.contains("too many operations") ? Code.TOO_MANY_OPS
                    : text.contains("too large") ? Code.REQUEST_TOO_LARGE : Code.NOT_SUPPORTED;
            case RESOURCE_EXHAUSTED -> text.contains("space exceeded") ? Code.NO_SPACE
                    : text.contains("too many requests") ? Code.TOO_MANY_REQUESTS : Code.REQUEST_TOO_LARGE;
            case OUT_OF_RANGE -> text.contains("compacted") ? Code.COMPACTED : Code.FUTURE_REVISION;
            case NOT_FOUND -> Code.LEASE_NOT_FOUND;
            case FAILED_PRECONDITION -> text.contains("lease already exists") ? Code.LEASE_EXISTS : Code.NOT_SUPPORTED;
            case PERMISSION_DENIED, UNAUTHENTICATED -> Code.PERMISSION_DENIED;
            case DATA_LOSS -> Code.CORRUPT;
            case UNIMPLEMENTED -> Code.NOT_SUPPORTED;
            case DEADLINE_EXCEEDED -> Code.TIMEOUT;
            // Whether it happened is unknown: nothing may be tried again.
            default -> Code.TIMEOUT_CONNECTION_LOST;
        };
    }

}
