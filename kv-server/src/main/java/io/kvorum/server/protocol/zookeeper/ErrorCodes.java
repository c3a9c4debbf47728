/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.common.KvException;

/** The one table that says how failures look to a ZooKeeper client. */
final class ErrorCodes {

    static final int OK = 0;

    static final int MARSHALLING_ERROR = -5;

    static final int UNIMPLEMENTED = -6;

    static final int BAD_ARGUMENTS = -8;

    static final int NO_NODE = -101;

    static final int NO_AUTH = -102;

    static final int AUTH_FAILED = -115;

    /** The server is cut off and can only be read from. */
    static final int NOT_READ_ONLY = -119;

    static final int NO_WATCHER = -121;

    static final int RECONFIG_DISABLED = -123;

    static final int SASL_REQUIRED = -124;

    /**
     * There is no answer: the connection is closed, and the client tries another server.
     */
    static final int CONNECTION_LOSS = -4;

    private static final int SYSTEM_ERROR = -1;

    private static final int SESSION_EXPIRED = -112;

    private static final int SESSION_MOVED = -118;

    private static final int QUOTA_EXCEEDED = -125;

    private static final int THROTTLED = -127;

    private ErrorCodes() {
    }

    static int of(ZnodeError error) {
        return switch (error) {
            case NONE -> OK;
            case RUNTIME_INCONSISTENCY -> -2;
            case UNIMPLEMENTED -> UNIMPLEMENTED;
            case BAD_ARGUMENTS -> BAD_ARGUMENTS;
            case NO_NODE -> NO_NODE;
            case NO_AUTH -> NO_AUTH;
            case BAD_VERSION -> -103;
            case NO_CHILDREN_FOR_EPHEMERALS -> -108;
            case NODE_EXISTS -> -110;
            case NOT_EMPTY -> -111;
            case SESSION_EXPIRED -> SESSION_EXPIRED;
            case INVALID_ACL -> -114;
            case QUOTA_EXCEEDED -> QUOTA_EXCEEDED;
            case SESSION_MOVED -> SESSION_MOVED;
        };
    }

    /** Tells whether a connection is of no use after such an answer. */
    static boolean endsSession(int error) {
        return error == SESSION_EXPIRED || error == SESSION_MOVED;
    }

    /**
     * Says what a client hears when the node could not carry out its request.
     * @return an error, or {@link #CONNECTION_LOSS} if it must not hear anything because
     * the request may have happened or may work elsewhere
     */
    static int of(KvException failure) {
        return switch (failure.code()) {
            case NO_SPACE -> QUOTA_EXCEEDED;
            case TOO_MANY_REQUESTS -> THROTTLED;
            case CORRUPT, NOT_SUPPORTED -> SYSTEM_ERROR;
            // More than a cluster behind a proxy takes at a time.
            case TOO_MANY_OPS, REQUEST_TOO_LARGE -> BAD_ARGUMENTS;
            default -> CONNECTION_LOSS;
        };
    }

}
