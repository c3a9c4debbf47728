/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeStat;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;

/** A znode as it stands at some revision. Immutable. */
public final class Znode {

    private final String path;

    private final ZnodeData content;

    private final ChildCounts children;

    private final SideRecord side;

    private final long czxid;

    private final long mzxid;

    private final long pzxid;

    private Znode(String path, @Nullable KeyValue node, @Nullable KeyValue counts, @Nullable KeyValue side) {
        boolean fixed = Paths.isFixed(path);
        this.path = path;
        this.content = (node != null) ? ZnodeData.decode(node.value()) : ZnodeData.FIXED;
        this.children = (counts != null) ? ChildCounts.decode(counts.value())
                : new ChildCounts(0, Paths.fixedChildren(path));
        this.side = (side != null) ? SideRecord.decode(side.value())
                : path.equals(Paths.CONFIG) ? SideRecord.READABLE : SideRecord.OPEN;
        this.czxid = (node != null && !fixed) ? node.createRevision() : 0;
        this.mzxid = (node != null) ? node.modRevision() : 0;
        this.pzxid = (counts != null) ? counts.modRevision() : this.czxid;
    }

    private Znode(Znode before, KeyValue node) {
        this.path = before.path;
        this.content = ZnodeData.decode(node.value());
        this.children = before.children;
        this.side = before.side;
        this.czxid = Paths.isFixed(this.path) ? 0 : node.createRevision();
        this.mzxid = node.modRevision();
        this.pzxid = before.pzxid;
    }

    /**
     * Puts a znode together from its keys.
     * @param path its path
     * @param keys what was found in {@link TreeKeys#record}
     * @return the znode, or {@code null} if there is none
     */
    public static @Nullable Znode of(String path, List<KeyValue> keys) {
        KeyValue node = null;
        KeyValue counts = null;
        KeyValue side = null;
        int shortest = TreeKeys.node(path).length();
        for (KeyValue kv : keys) {
            switch (kv.key().length() - shortest) {
                case 0 -> node = kv;
                case 1 -> counts = kv;
                default -> side = kv;
            }
        }
        return of(path, node, counts, side);
    }

    /** Returns a znode that has just been created with this key. */
    static Znode created(String path, KeyValue node) {
        return new Znode(path, node, null, null);
    }

    /** Returns this znode after its own key, and no other, was written. */
    Znode changed(KeyValue node) {
        return new Znode(this, node);
    }

    /** Reads a znode, and of one that is not there only that. */
    static @Nullable Znode read(String path, Function<Bytes, @Nullable KeyValue> get) {
        KeyValue node = get.apply(TreeKeys.node(path));
        return (node == null && !Paths.isFixed(path)) ? null
                : of(path, node, get.apply(TreeKeys.children(path)), get.apply(TreeKeys.side(path)));
    }

    private static @Nullable Znode of(String path, @Nullable KeyValue node, @Nullable KeyValue counts,
            @Nullable KeyValue side) {
        return (node != null || Paths.isFixed(path)) ? new Znode(path, node, counts, side) : null;
    }

    /**
     * Returns the path.
     * @return the path
     */
    public String path() {
        return this.path;
    }

    /**
     * Returns the data.
     * @return the data, or {@code null} if it was created without any
     */
    public @Nullable Bytes data() {
        Usage usage = this.side.usage();
        return (usage != null) ? usage.text() : this.content.data();
    }

    /**
     * Returns who may do what.
     * @return the access control list
     */
    public List<ZnodeAcl> acl() {
        return this.side.acl();
    }

    /**
     * Returns what clients are told about the znode.
     * @return the stat
     */
    public ZnodeStat stat() {
        ZnodeData node = this.content;
        return new ZnodeStat(this.czxid, this.mzxid, this.pzxid, node.ctime(), node.mtime(), node.version(),
                this.children.changes(), this.side.aversion(), node.lifetime().session(), dataLength(),
                this.children.living());
    }

    /**
     * Returns the revision of the last change of the data.
     * @return the zxid
     */
    public long mzxid() {
        return this.mzxid;
    }

    /**
     * Returns the revision of the last creation or deletion of a child.
     * @return the zxid
     */
    public long pzxid() {
        return this.pzxid;
    }

    int dataLength() {
        Bytes data = data();
        return (data != null) ? data.length() : 0;
    }

    SideRecord side() {
        return this.side;
    }

    ZnodeData content() {
        return this.content;
    }

    ChildCounts children() {
        return this.children;
    }

}
