/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.command.ZnodeOperation;
import io.kvorum.server.command.ZnodeOperation.Check;
import io.kvorum.server.command.ZnodeOperation.Create;
import io.kvorum.server.command.ZnodeOperation.Delete;
import io.kvorum.server.command.ZnodeOperation.SetData;
import io.kvorum.server.command.ZnodeOutcome;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
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

    private static final String CONFIG = "/zookeeper/config";

    private ZnodeTree() {
    }

    /**
     * Does all operations of a write.
     * @param txn where
     * @param request the write
     * @param session the session that owns ephemeral znodes that are created
     * @param timeMillis the time for new and changed znodes
     * @return one outcome for each operation
     * @throws WriteFailure if one of them cannot be done: the transaction must be undone
     */
    public static List<ZnodeOutcome> write(Transaction txn, ZnodeRequest request, long session, long timeMillis) {
        List<ZnodeOutcome> outcomes = new ArrayList<>(request.operations().size());
        for (ZnodeOperation operation : request.operations()) {
            try {
                outcomes.add(run(txn, operation, session, timeMillis));
            }
            catch (ZnodeFailure failure) {
                throw new WriteFailure(failure.error(), outcomes.size(), request.operations().size());
            }
        }
        return outcomes;
    }

    static @Nullable Znode find(Transaction txn, String path) {
        return Znode.of(path, txn.get(TreeKeys.node(path)), txn.get(TreeKeys.children(path)));
    }

    private static ZnodeOutcome run(Transaction txn, ZnodeOperation operation, long session, long timeMillis) {
        if (operation instanceof Create create) {
            return create(txn, create, session, timeMillis);
        }
        if (operation instanceof Delete delete) {
            return delete(txn, delete);
        }
        if (operation instanceof SetData set) {
            return setData(txn, set, timeMillis);
        }
        if (operation instanceof Check check) {
            require(Paths.isValid(check.path()), ZnodeError.BAD_ARGUMENTS);
            checkVersion(existing(txn, check.path()), check.version());
            return ZnodeOutcome.DONE;
        }
        throw new IllegalStateException("operation without a rule: " + operation);
    }

    private static ZnodeOutcome create(Transaction txn, Create create, long session, long timeMillis) {
        Lifetime lifetime = CreateMode.lifetime(create, session);
        require(create.path().indexOf('/') >= 0 && create.path().indexOf('\0') < 0, ZnodeError.BAD_ARGUMENTS);
        // Lists that cannot be kept yet are refused: a znode must not be open to
        // everybody
        // when its creator believes otherwise.
        require(create.acl().equals(List.of(ZnodeAcl.OPEN)), ZnodeError.INVALID_ACL);
        Znode parent = existing(txn, Paths.parent(create.path()));
        ChildCounts siblings = parent.children();
        String path = CreateMode.isSequential(create)
                ? create.path() + String.format(Locale.ROOT, "%010d", siblings.created()) : create.path();
        require(Paths.isValid(path), ZnodeError.BAD_ARGUMENTS);
        require(find(txn, path) == null, ZnodeError.NODE_EXISTS);
        require(!parent.content().lifetime().isEphemeral(), ZnodeError.NO_CHILDREN_FOR_EPHEMERALS);
        ZnodeData data = new ZnodeData(create.data(), 0, timeMillis, timeMillis, lifetime);
        txn.put(TreeKeys.node(path), data.encode(), lifetime.session());
        if (lifetime.isTransient()) {
            txn.put(TreeKeys.transientMark(path), Bytes.EMPTY, 0);
        }
        txn.put(TreeKeys.children(parent.path()), siblings.afterCreate().encode(), 0);
        return new ZnodeOutcome(ZnodeError.NONE, path, existing(txn, path).stat());
    }

    private static ZnodeOutcome delete(Transaction txn, Delete delete) {
        String path = delete.path();
        require(path.indexOf('/') >= 0 && path.indexOf('\0') < 0 && !Paths.isFixed(path), ZnodeError.BAD_ARGUMENTS);
        existing(txn, Paths.parent(path));
        Znode node = existing(txn, path);
        checkVersion(node, delete.version());
        require(node.children().living() == 0, ZnodeError.NOT_EMPTY);
        delete(txn, node);
        return ZnodeOutcome.DONE;
    }

    private static ZnodeOutcome setData(Transaction txn, SetData set, long timeMillis) {
        require(Paths.isValid(set.path()), ZnodeError.BAD_ARGUMENTS);
        Znode node = existing(txn, set.path());
        require(!set.path().equals(CONFIG), ZnodeError.NO_AUTH);
        checkVersion(node, set.version());
        ZnodeData data = node.content().withData(set.data(), timeMillis);
        txn.put(TreeKeys.node(set.path()), data.encode(), data.lifetime().session());
        return new ZnodeOutcome(ZnodeError.NONE, null, existing(txn, set.path()).stat());
    }

    /** Deletes a znode without children. */
    static void delete(Transaction txn, Znode node) {
        remove(txn, node.path());
        if (node.content().lifetime().isTransient()) {
            txn.delete(KeyRange.single(TreeKeys.transientMark(node.path())));
        }
        removedChildren(txn, Paths.parent(node.path()), 1);
    }

    /** Takes a znode without children away; its parent must be told. */
    static void remove(Transaction txn, String path) {
        // Key by key: a range would walk past everything behind them.
        txn.delete(KeyRange.single(TreeKeys.node(path)));
        txn.delete(KeyRange.single(TreeKeys.children(path)));
    }

    static void removedChildren(Transaction txn, String parent, int count) {
        Znode node = find(txn, parent);
        // Only somebody who wrote below /zk/ before it was reserved can have deleted it.
        if (node != null) {
            txn.put(TreeKeys.children(parent), node.children().afterDeletes(count).encode(), 0);
        }
    }

    private static Znode existing(Transaction txn, String path) {
        Znode node = find(txn, path);
        if (node == null) {
            throw new ZnodeFailure(ZnodeError.NO_NODE);
        }
        return node;
    }

    private static void checkVersion(Znode node, int version) {
        require(version == ZnodeOperation.ANY_VERSION || version == node.content().version(), ZnodeError.BAD_VERSION);
    }

    static void require(boolean condition, ZnodeError error) {
        if (!condition) {
            throw new ZnodeFailure(error);
        }
    }

}
