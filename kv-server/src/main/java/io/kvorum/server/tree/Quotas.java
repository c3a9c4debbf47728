/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.store.Transaction;

/**
 * Keeps what subtrees with a quota use. A quota is a znode with limits below
 * {@value #ROOT}, at the path of the subtree; beside it is one that tells what the
 * subtree uses, which changes without a version, a zxid or an event.
 */
final class Quotas {

    static final String ROOT = "/zookeeper/quota";

    private static final String LIMITS = "/zookeeper_limits";

    private static final String USAGE = "/zookeeper_stats";

    private static final int PAGE = 1000;

    private final Transaction txn;

    Quotas(Transaction txn) {
        this.txn = txn;
    }

    /** Tells whether a hard quota forbids that a znode comes or its data grows. */
    boolean forbids(String path, long moreCount, long moreBytes) {
        String subtree = subtree(path);
        Znode usage = (subtree != null) ? ZnodeTree.find(this.txn, ROOT + subtree + USAGE) : null;
        Znode limits = (subtree != null) ? ZnodeTree.find(this.txn, ROOT + subtree + LIMITS) : null;
        return usage != null && limits != null && QuotaLimits.parse(limits.data())
            .forbids(QuotaLimits.parseUsage(usage.data()).plus(moreCount, moreBytes), moreCount, moreBytes);
    }

    /** A znode was created. */
    void created(String path, long bytes) {
        if (path.startsWith(ROOT + "/") && path.endsWith(USAGE)) {
            String subtree = path.substring(ROOT.length(), path.length() - USAGE.length());
            if (!subtree.isEmpty()) {
                put(path, usageOf(subtree));
            }
        }
        changed(path, 1, bytes);
    }

    /** Something in a subtree has come, gone or grown. */
    void changed(String path, long moreCount, long moreBytes) {
        String subtree = subtree(path);
        Znode usage = (subtree != null) ? ZnodeTree.find(this.txn, ROOT + subtree + USAGE) : null;
        if (usage != null) {
            put(usage.path(), QuotaLimits.parseUsage(usage.data()).plus(moreCount, moreBytes));
        }
    }

    /** Returns the innermost subtree with a quota that a znode is in. */
    private @Nullable String subtree(String path) {
        KeyValue counts = this.txn.get(TreeKeys.children(ROOT));
        if (counts == null || ChildCounts.decode(counts.value()).living() == 0) {
            // There are no quotas: what is usual costs no more than this.
            return null;
        }
        for (String subtree = path; !subtree.equals("/"); subtree = Paths.parent(subtree)) {
            if (this.txn.get(TreeKeys.node(ROOT + subtree + LIMITS)) != null) {
                return subtree;
            }
        }
        return null;
    }

    private void put(String path, Usage usage) {
        Znode znode = ZnodeTree.find(this.txn, path);
        if (znode != null) {
            this.txn.put(TreeKeys.side(path), znode.side().withUsage(usage).encode(), 0);
        }
    }

    /** Counts a whole subtree: once, when its quota begins. */
    private Usage usageOf(String subtree) {
        Znode top = ZnodeTree.find(this.txn, subtree);
        if (top == null) {
            return new Usage(0, 0);
        }
        Usage sum = new Usage(1, top.dataLength());
        for (int level = 1;; level++) {
            Usage with = plusLevel(sum, TreeKeys.below(subtree, level));
            if (with.count() == sum.count()) {
                return with;
            }
            sum = with;
        }
    }

    private Usage plusLevel(Usage before, KeyRange level) {
        Usage sum = before;
        KeyRange rest = level;
        while (true) {
            List<KeyValue> page = this.txn
                .range(new RangeQuery(rest, 0, PAGE, RangeQuery.Sort.NONE, RangeQuery.RevisionFilter.NONE, false,
                        false))
                .kvs();
            for (KeyValue kv : page) {
                TreeKey key = TreeKeys.parse(kv.key());
                if (key != null && key.kind() == TreeKey.Kind.NODE) {
                    Bytes data = ZnodeData.decode(kv.value()).data();
                    sum = sum.plus(1, (data != null) ? data.length() : 0);
                }
            }
            if (page.size() < PAGE) {
                return sum;
            }
            rest = new KeyRange(page.get(page.size() - 1).key().successor(), rest.end());
        }
    }

}
