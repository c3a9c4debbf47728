/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

/** Why an operation on the tree was not done; ZooKeeper's names. */
public enum ZnodeError {

    /** It was done. */
    NONE,
    /** Nothing was wrong with it, but with another operation of the same multi. */
    RUNTIME_INCONSISTENCY,
    /** The path or the flags make no sense, or the znode is one of the fixed ones. */
    BAD_ARGUMENTS,
    /** This server cannot do that. */
    UNIMPLEMENTED,
    /** There is no such znode, or its parent is missing. */
    NO_NODE,
    /** The access control list forbids it. */
    NO_AUTH,
    /** The znode has another version. */
    BAD_VERSION,
    /** Ephemeral znodes have no children. */
    NO_CHILDREN_FOR_EPHEMERALS,
    /** There is such a znode already. */
    NODE_EXISTS,
    /** The znode has children. */
    NOT_EMPTY,
    /** The access control list is empty or is of a kind that this server cannot keep. */
    INVALID_ACL,
    /** A quota forbids it. */
    QUOTA_EXCEEDED,
    /** The session is gone. */
    SESSION_EXPIRED,
    /** Another connection has the session now. */
    SESSION_MOVED

}
