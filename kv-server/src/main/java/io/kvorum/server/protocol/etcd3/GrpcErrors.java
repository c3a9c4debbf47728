/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionException;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/**
 * The one table that says how a {@link KvException} looks to a client of etcd v3. Clients
 * compare the texts, so they are etcd's to the byte. Any thread.
 */
public final class GrpcErrors {

    private static final String PREFIX = "etcdserver: ";

    private static final Map<Code, Status> STATUSES = new EnumMap<>(Code.class);

    static {
        for (Code code : Code.values()) {
            STATUSES.put(code, statusOf(code));
        }
    }

    private GrpcErrors() {
    }

    /**
     * Returns what a client sees of a failure.
     * @param failure the failure, possibly wrapped by a future
     * @return the status to close the call with
     */
    public static StatusRuntimeException of(Throwable failure) {
        Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
                : failure;
        if (cause instanceof KvException exception) {
            return status(exception).asRuntimeException();
        }
        if (cause instanceof StatusRuntimeException exception) {
            return exception;
        }
        if (cause instanceof StatusException exception) {
            return exception.getStatus().asRuntimeException();
        }
        // etcd: every error without a place in its table is Unknown with the error's
        // text.
        return Status.UNKNOWN.withDescription(PREFIX + cause.getMessage()).withCause(cause).asRuntimeException();
    }

    /**
     * Returns the text that clients see of a failure, for answers that carry errors as
     * text.
     * @param code the code of the failure
     * @return the status
     */
    public static Status of(Code code) {
        Status status = STATUSES.get(code);
        if (status == null) {
            throw new IllegalArgumentException("no status for " + code);
        }
        return status;
    }

    private static Status status(KvException exception) {
        Status status = of(exception.code());
        boolean explained = !exception.code().name().equals(exception.getMessage());
        // The cluster is not corrupt when one member's file is: the operator needs to
        // know which one.
        if (explained && (exception.code() == Code.NOT_SUPPORTED || exception.code() == Code.CORRUPT)) {
            return status.withDescription(PREFIX + exception.getMessage());
        }
        return status;
    }

    private static Status statusOf(Code code) {
        return switch (code) {
            case EMPTY_KEY -> status(Status.INVALID_ARGUMENT, "key is not provided");
            case KEY_NOT_FOUND -> status(Status.INVALID_ARGUMENT, "key not found");
            case VALUE_PROVIDED -> status(Status.INVALID_ARGUMENT, "value is provided");
            case LEASE_PROVIDED -> status(Status.INVALID_ARGUMENT, "lease is provided");
            case TOO_MANY_OPS -> status(Status.INVALID_ARGUMENT, "too many operations in txn request");
            case DUPLICATE_KEY -> status(Status.INVALID_ARGUMENT, "duplicate key given in txn request");
            case INVALID_SORT_OPTION -> status(Status.INVALID_ARGUMENT, "invalid sort option");
            case REQUEST_TOO_LARGE -> status(Status.INVALID_ARGUMENT, "request is too large");
            case COMPACTED -> status(Status.OUT_OF_RANGE, "mvcc: required revision has been compacted");
            case FUTURE_REVISION -> status(Status.OUT_OF_RANGE, "mvcc: required revision is a future revision");
            case LEASE_TTL_TOO_LARGE -> status(Status.OUT_OF_RANGE, "too large lease TTL");
            case LEASE_NOT_FOUND -> status(Status.NOT_FOUND, "requested lease not found");
            case LEASE_EXISTS -> status(Status.FAILED_PRECONDITION, "lease already exists");
            case NO_SPACE -> status(Status.RESOURCE_EXHAUSTED, "mvcc: database space exceeded");
            case CORRUPT -> status(Status.DATA_LOSS, "corrupt cluster");
            case MEMBER_NOT_FOUND -> status(Status.NOT_FOUND, "member not found");
            case NOT_LEADER -> status(Status.FAILED_PRECONDITION, "not leader");
            case BAD_LEADER_TRANSFEREE -> status(Status.FAILED_PRECONDITION, "bad leader transferee");
            case NO_LEADER -> status(Status.UNAVAILABLE, "no leader");
            case LEADER_CHANGED -> status(Status.UNAVAILABLE, "leader changed");
            case STOPPED -> status(Status.UNAVAILABLE, "server stopped");
            case TIMEOUT -> status(Status.UNAVAILABLE, "request timed out");
            case TIMEOUT_LEADER_FAILURE ->
                status(Status.UNAVAILABLE, "request timed out, possibly due to previous leader failure");
            case TIMEOUT_CONNECTION_LOST ->
                status(Status.UNAVAILABLE, "request timed out, possibly due to connection lost");
            case UNHEALTHY -> status(Status.UNAVAILABLE, "unhealthy cluster");
            // etcd sends this one without a place in its table, so it arrives as Unknown.
            case TOO_MANY_REQUESTS -> status(Status.UNKNOWN, "too many requests");
            case PERMISSION_DENIED -> status(Status.PERMISSION_DENIED, "permission denied");
            case CANCELED -> status(Status.CANCELLED, "request canceled");
            case NOT_SUPPORTED -> status(Status.FAILED_PRECONDITION, "not capable");
        };
    }

    private static Status status(Status status, String text) {
        return status.withDescription(PREFIX + text);
    }

}
