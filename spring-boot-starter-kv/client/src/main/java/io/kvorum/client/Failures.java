/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import io.grpc.Status;

import io.kvorum.client.KvException.Code;

/** The one table that says what errors of the servers and of gRPC mean. */
final class Failures {

    private Failures() {
    }

    /**
     * Makes an exception of a status.
     * @param what what was asked of whom
     * @param status the answer
     */
    static KvException of(String what, Status status) {
        // What gRPC says behind the first line is about its own insides.
        String text = (status.getDescription() != null) ? status.getDescription().lines().findFirst().orElse("")
                : status.getCode().name();
        Throwable root = (status.getCause() != null) ? root(status.getCause()) : null;
        boolean tls = root instanceof SSLException || text.contains("TLS negotiation");
        String detail = (root != null && status.getCode() == Status.Code.UNAVAILABLE) ? root.getMessage() : null;
        String why = (detail != null) ? text + " (" + detail + ")" : text;
        return new KvException(tls ? Code.TLS_FAILED : code(status.getCode(), text), what + ": " + why,
                status.getCause());
    }

    /** Tells whether a request was surely not done, because it never left. */
    static boolean neverLeft(Status status) {
        if (status.getCode() != Status.Code.UNAVAILABLE || status.getCause() == null) {
            return false;
        }
        Throwable root = root(status.getCause());
        return root instanceof ConnectException || root instanceof UnknownHostException
                || root instanceof NoRouteToHostException;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Code code(Status.Code code, String text) {
        return switch (code) {
            case UNAVAILABLE ->
                text.contains("timed out") ? Code.TIMEOUT : isForeign(text) ? Code.WRONG_SERVER : Code.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> Code.TIMEOUT;
            case OUT_OF_RANGE -> text.contains("compacted") ? Code.COMPACTED
                    : text.contains("future") ? Code.FUTURE_REVISION : Code.INVALID;
            case NOT_FOUND -> text.contains("lease") ? Code.LEASE_NOT_FOUND : Code.INVALID;
            case RESOURCE_EXHAUSTED -> text.contains("space exceeded") ? Code.NO_SPACE
                    : text.contains("too many requests") ? Code.OVERLOADED : Code.TOO_LARGE;
            case INVALID_ARGUMENT -> isAboutUser(text) ? Code.UNAUTHENTICATED
                    : text.contains("too large") || text.contains("too many operations") ? Code.TOO_LARGE
                            : Code.INVALID;
            case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
            case PERMISSION_DENIED -> Code.PERMISSION_DENIED;
            case UNIMPLEMENTED -> Code.WRONG_SERVER;
            case CANCELLED -> Code.CLOSED;
            case INTERNAL, UNKNOWN -> isForeign(text) ? Code.WRONG_SERVER : Code.SERVER_FAILED;
            case DATA_LOSS -> Code.SERVER_FAILED;
            default -> Code.INVALID;
        };
    }

    // etcd: a wrong password is an invalid argument there, and so is its absence.
    private static boolean isAboutUser(String text) {
        return text.contains("authentication failed") || text.contains("user name is empty");
    }

    private static boolean isForeign(String text) {
        return text.contains("HTTP status code") || text.contains("First received frame was not SETTINGS")
                || text.contains("http2 exception") || text.contains("content-type");
    }

}
