/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

/**
 * What ZooKeeper tells about a znode, as clients see it.
 *
 * @param czxid revision of its creation
 * @param mzxid revision of the last change of its data
 * @param pzxid revision of the last creation or deletion of a child
 * @param ctime time of its creation in milliseconds
 * @param mtime time of the last change of its data in milliseconds
 * @param version number of changes of its data
 * @param cversion number of creations and deletions of children
 * @param aversion number of changes of the access control list
 * @param ephemeralOwner the session it belongs to, or 0
 * @param dataLength bytes of data
 * @param numChildren number of children
 */
public record ZnodeStat(long czxid, long mzxid, long pzxid, long ctime, long mtime, int version, int cversion,
        int aversion, long ephemeralOwner, int dataLength, int numChildren) {
}
