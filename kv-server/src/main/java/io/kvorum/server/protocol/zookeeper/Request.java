/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.common.Bytes;

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

    /** Asks for the number of all znodes below one. */
    record CountDescendants(int xid, String path) implements Request {
    }

    /** Reads several znodes, each with an answer of its own. */
    record MultiRead(int xid, List<Read> reads) implements Request {

        /** Copies the list. */
        public MultiRead {
            reads = List.copyOf(reads);
        }

    }

    /** Asks for the ephemeral znodes of the session whose paths begin alike. */
    record ListEphemerals(int xid, String prefix) implements Request {
    }

    /** Claims to be somebody. */
    record Authenticate(int xid, String scheme, @Nullable Bytes proof) implements Request {
    }

    /** A part of an exchange of SASL. */
    record Sasl(int xid, Bytes token) implements Request {
    }

    /** Asks who the client has shown to be. */
    record WhoAmI(int xid) implements Request {
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
