/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.List;

import io.kvorum.server.command.ZnodeRequest;

/** A request of a client that has a session. */
sealed interface Request {

    /** Returns the number that the answer carries too. */
    int xid();

    /** A request that only reads, and may leave a watch. */
    sealed interface Read extends Request permits Exists, GetData, GetAcl, GetChildren {

        String path();

        /** Tells whether the client wants to hear of the next change. */
        boolean watch();

    }

    record Ping(int xid) implements Request {
    }

    /**
     * A write.
     *
     * @param types the wire's types of the operations, which decide the form of the
     * answers
     * @param multi whether the answer is a list
     */
    record Write(int xid, ZnodeRequest request, List<Integer> types, boolean multi) implements Request {
    }

    record Exists(int xid, String path, boolean watch) implements Read {
    }

    record GetData(int xid, String path, boolean watch) implements Read {
    }

    record GetAcl(int xid, String path) implements Read {

        @Override
        public boolean watch() {
            return false;
        }

    }

    /**
     * Asks for the names of the children.
     *
     * @param withStat whether the answer tells the znode's stat as well
     */
    record GetChildren(int xid, String path, boolean watch, boolean withStat) implements Read {
    }

    record Sync(int xid, String path) implements Request {
    }

    /**
     * Asks for the watches that the client had on another connection.
     *
     * @param zxid what the client has seen
     */
    record SetWatches(int xid, long zxid, List<String> data, List<String> exist, List<String> children,
            List<String> persistent, List<String> recursive) implements Request {
    }

    record AddWatch(int xid, String path, WatchMode mode) implements Request {
    }

    /**
     * Asks whether there are watches, or takes them away.
     *
     * @param modes any of these
     * @param remove whether they are to go
     */
    record FindWatches(int xid, String path, List<WatchMode> modes, boolean remove) implements Request {
    }

    /** Something that cannot be done; the connection stays. */
    record Impossible(int xid, int error) implements Request {
    }

    record CloseSession(int xid) implements Request {
    }

    /** Something that is refused; the connection is closed behind the answer. */
    record Refused(int xid, int error) implements Request {
    }

}
