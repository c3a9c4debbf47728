/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.common.Event;
import io.kvorum.server.tree.Paths;
import io.kvorum.server.tree.TreeKey;

/**
 * A change of a znode as watches see it.
 *
 * @param kind what happened
 * @param path the znode
 * @param zxid the revision of the change
 * @param acl who may do what with the znode, and so hear of it
 */
record TreeEvent(Kind kind, String path, long zxid, List<ZnodeAcl> acl) {

    private static final List<ZnodeAcl> OPEN = List.of(ZnodeAcl.OPEN);

    /** A change of a znode that is open to everybody. */
    TreeEvent(Kind kind, String path, long zxid) {
        this(kind, path, zxid, OPEN);
    }

    TreeEvent with(List<ZnodeAcl> list) {
        return new TreeEvent(this.kind, this.path, this.zxid, list);
    }

    /** Returns what a change of a key means, or {@code null} if watches do not care. */
    static @Nullable TreeEvent of(TreeKey key, Event event) {
        boolean put = event.type() == Event.Type.PUT;
        Kind kind = null;
        if (key.kind() == TreeKey.Kind.NODE) {
            boolean created = event.kv().version() == 1 && !Paths.isFixed(key.path());
            kind = !put ? Kind.DELETED : created ? Kind.CREATED : Kind.DATA_CHANGED;
        }
        else if (key.kind() == TreeKey.Kind.CHILDREN && put) {
            kind = Kind.CHILDREN_CHANGED;
        }
        return (kind != null) ? new TreeEvent(kind, key.path(), event.kv().modRevision()) : null;
    }

    /** Returns the path and those of all znodes above it. */
    List<String> lineage() {
        List<String> lineage = new ArrayList<>();
        lineage.add("/");
        for (int slash = this.path.indexOf('/', 1); slash > 0; slash = this.path.indexOf('/', slash + 1)) {
            lineage.add(this.path.substring(0, slash));
        }
        if (!this.path.equals("/")) {
            lineage.add(this.path);
        }
        return lineage;
    }

    /** What happened to the znode. */
    enum Kind {

        CREATED(1), DELETED(2), DATA_CHANGED(3), CHILDREN_CHANGED(4);

        private final int wireType;

        Kind(int wireType) {
            this.wireType = wireType;
        }

        int wireType() {
            return this.wireType;
        }

    }

}
