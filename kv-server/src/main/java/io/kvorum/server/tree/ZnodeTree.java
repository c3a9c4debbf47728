/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Authority;
import io.kvorum.server.command.WriteZnodes;
import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.command.ZnodeOperation;
import io.kvorum.server.command.ZnodeOperation.Check;
import io.kvorum.server.command.ZnodeOperation.Create;
import io.kvorum.server.command.ZnodeOperation.Delete;
import io.kvorum.server.command.ZnodeOperation.SetAcl;
import io.kvorum.server.command.ZnodeOperation.SetData;
import io.kvorum.server.command.ZnodeOutcome;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.store.Transaction;

/**
 * ZooKeeper's rules for writes, with its errors in its order.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>The parent of every znode exists and is not ephemeral.</li>
 * <li>The counts of a znode's children agree with the children there are.</li>
 * <li>An ephemeral znode's key is owned by the lease of its session.</li>
 * <li>A znode that the server itself deletes one day, and no other, has a mark.</li>
 * </ol>
 */
public final class ZnodeTree {

    private final Transaction txn;

    private final long session;

    private final long timeMillis;

    private final Authority authority;

    private ZnodeTree(Transaction txn, WriteZnodes write) {
        this.txn = txn;
        this.session = write.session();
        this.timeMillis = write.timeMillis();
        this.authority = write.authority();
    }

    /**
     * Does all operations of one write of a command.
     * @param txn where
     * @param write the command: who asks, and when
     * @param request the write
     * @return one outcome for each operation
     * @throws WriteFailure if one of them cannot be done: the transaction must be undone
     */
    public static List<ZnodeOutcome> write(Transaction txn, WriteZnodes write, ZnodeRequest request) {
        ZnodeTree tree = new ZnodeTree(txn, write);
        List<ZnodeOutcome> outcomes = new ArrayList<>(request.operations().size());
        for (ZnodeOperation operation : request.operations()) {
            try {
                outcomes.add(tree.run(operation));
            }
            catch (ZnodeFailure failure) {
                throw new WriteFailure(failure.error(), outcomes.size(), request.operations().size());
            }
        }
        return outcomes;
    }

    static @Nullable Znode find(Transaction txn, String path) {
        return Znode.read(path, txn::get);
    }

    private ZnodeOutcome run(ZnodeOperation operation) {
        if (operation instanceof Create create) {
            return create(create);
        }
        if (operation instanceof Delete delete) {
            return delete(delete);
        }
        if (operation instanceof SetData set) {
            return setData(set);
        }
        if (operation instanceof SetAcl set) {
            return setAcl(set);
        }
        if (operation instanceof Check check) {
            require(Paths.isValid(check.path()), ZnodeError.BAD_ARGUMENTS);
            Znode node = existing(check.path());
            requirePermission(node, ZnodeAcl.READ);
            checkVersion(node.content().version(), check.version());
            return ZnodeOutcome.DONE;
        }
        throw new IllegalStateException("operation without a rule: " + operation);
    }

    private ZnodeOutcome create(Create create) {
        Lifetime lifetime = CreateMode.lifetime(create, this.session);
        require(create.path().indexOf('/') >= 0 && create.path().indexOf('\0') < 0, ZnodeError.BAD_ARGUMENTS);
        require(!create.acl().isEmpty(), ZnodeError.INVALID_ACL);
        Znode parent = existing(Paths.parent(create.path()));
        requirePermission(parent, ZnodeAcl.CREATE);
        ChildCounts siblings = parent.children();
        String path = CreateMode.isSequential(create)
                ? create.path() + String.format(Locale.ROOT, "%010d", siblings.created()) : create.path();
        require(Paths.isValid(path), ZnodeError.BAD_ARGUMENTS);
        require(find(this.txn, path) == null, ZnodeError.NODE_EXISTS);
        require(!parent.content().lifetime().isEphemeral(), ZnodeError.NO_CHILDREN_FOR_EPHEMERALS);
        requireQuota(path, 1, length(create.data()));
        ZnodeData data = new ZnodeData(create.data(), 0, this.timeMillis, this.timeMillis, lifetime);
        this.txn.put(TreeKeys.node(path), data.encode(), lifetime.session());
        if (!create.acl().equals(SideRecord.OPEN.acl())) {
            putSide(path, new SideRecord(0, create.acl(), null));
        }
        if (lifetime.isTransient()) {
            this.txn.put(TreeKeys.transientMark(path), Bytes.EMPTY, 0);
        }
        this.txn.put(TreeKeys.children(parent.path()), siblings.afterCreate().encode(), 0);
        new Quotas(this.txn).created(path, length(create.data()));
        return new ZnodeOutcome(ZnodeError.NONE, path, Znode.created(path, written(path)).stat());
    }

    private ZnodeOutcome delete(Delete delete) {
        String path = delete.path();
        require(path.indexOf('/') >= 0 && path.indexOf('\0') < 0 && !Paths.isFixed(path), ZnodeError.BAD_ARGUMENTS);
        requirePermission(existing(Paths.parent(path)), ZnodeAcl.DELETE);
        Znode node = existing(path);
        checkVersion(node.content().version(), delete.version());
        require(node.children().living() == 0, ZnodeError.NOT_EMPTY);
        delete(this.txn, node);
        return ZnodeOutcome.DONE;
    }

    private ZnodeOutcome setData(SetData set) {
        require(Paths.isValid(set.path()), ZnodeError.BAD_ARGUMENTS);
        Znode node = existing(set.path());
        requirePermission(node, ZnodeAcl.WRITE);
        int growth = length(set.data()) - node.dataLength();
        requireQuota(set.path(), 0, growth);
        checkVersion(node.content().version(), set.version());
        ZnodeData data = node.content().withData(set.data(), this.timeMillis);
        this.txn.put(TreeKeys.node(set.path()), data.encode(), data.lifetime().session());
        boolean usage = node.side().usage() != null;
        if (usage) {
            putSide(set.path(), node.side().withUsage(null));
        }
        new Quotas(this.txn).changed(set.path(), 0, growth);
        Znode changed = usage ? existing(set.path()) : node.changed(written(set.path()));
        return new ZnodeOutcome(ZnodeError.NONE, null, changed.stat());
    }

    private ZnodeOutcome setAcl(SetAcl set) {
        require(Paths.isValid(set.path()), ZnodeError.BAD_ARGUMENTS);
        require(!set.acl().isEmpty(), ZnodeError.INVALID_ACL);
        Znode node = existing(set.path());
        requirePermission(node, ZnodeAcl.ADMIN);
        checkVersion(node.side().aversion(), set.version());
        putSide(set.path(), node.side().withAcl(set.acl()));
        return new ZnodeOutcome(ZnodeError.NONE, null, existing(set.path()).stat());
    }

    private void putSide(String path, SideRecord side) {
        if (!side.isOpen() && this.txn.get(TreeKeys.RESTRICTED) == null) {
            // From now on events are not for everybody.
            this.txn.put(TreeKeys.RESTRICTED, Bytes.EMPTY, 0);
        }
        this.txn.put(TreeKeys.side(path), side.encode(), 0);
    }

    /** Deletes a znode without children. */
    static void delete(Transaction txn, Znode node) {
        remove(txn, node);
        if (node.content().lifetime().isTransient()) {
            txn.delete(KeyRange.single(TreeKeys.transientMark(node.path())));
        }
        removedChildren(txn, Paths.parent(node.path()), 1);
    }

    /** Takes a znode without children away; its parent must be told. */
    static void remove(Transaction txn, Znode node) {
        String path = node.path();
        // Key by key: a range would walk past everything behind them.
        txn.delete(KeyRange.single(TreeKeys.node(path)));
        txn.delete(KeyRange.single(TreeKeys.children(path)));
        txn.delete(KeyRange.single(TreeKeys.side(path)));
        new Quotas(txn).changed(path, -1, -node.dataLength());
    }

    static void removedChildren(Transaction txn, String parent, int count) {
        Znode node = find(txn, parent);
        // Only somebody who wrote below /zk/ before it was reserved can have deleted it.
        if (node != null) {
            txn.put(TreeKeys.children(parent), node.children().afterDeletes(count).encode(), 0);
        }
    }

    private void requirePermission(Znode node, int permission) {
        require(AccessControl.allows(node.acl(), permission, this.authority.ids()), ZnodeError.NO_AUTH);
    }

    private void requireQuota(String path, long moreCount, long moreBytes) {
        require(!this.authority.boundByQuotas() || !new Quotas(this.txn).forbids(path, moreCount, moreBytes),
                ZnodeError.QUOTA_EXCEEDED);
    }

    private static int length(@Nullable Bytes data) {
        return (data != null) ? data.length() : 0;
    }

    /**
     * The key that was just written: one look-up tells more about it than the tree knows.
     */
    private KeyValue written(String path) {
        KeyValue node = this.txn.get(TreeKeys.node(path));
        if (node == null) {
            throw new IllegalStateException("written, and not there: " + path);
        }
        return node;
    }

    private Znode existing(String path) {
        Znode node = find(this.txn, path);
        if (node == null) {
            throw new ZnodeFailure(ZnodeError.NO_NODE);
        }
        return node;
    }

    private static void checkVersion(int actual, int wanted) {
        require(wanted == ZnodeOperation.ANY_VERSION || wanted == actual, ZnodeError.BAD_VERSION);
    }

    static void require(boolean condition, ZnodeError error) {
        if (!condition) {
            throw new ZnodeFailure(error);
        }
    }

}
