/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;
import io.kvorum.server.store.Transaction;
import io.kvorum.server.tree.TreeKey;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.tree.Znode;

/**
 * A transaction on what is known of a remote cluster. It remembers what was read, to be
 * compared, and what is to be written. What is not known is taken for absent at first and
 * noted down. Confined to the attempt.
 *
 * <p>
 * Ephemeral znodes are not owned by the session's lease, because their end would not be
 * counted off at their parents: a key of the proxy's own remembers them.
 */
final class OptimisticTransaction implements Transaction {

    private final ReadSet reads;

    private final long revision;

    private final long sessionLease;

    /** Records that were read, to be compared. */
    private final Set<KeyRange> used = new LinkedHashSet<>();

    /** Records that were read and are not known. */
    private final Set<KeyRange> missing = new LinkedHashSet<>();

    /** By key; without a value: the key is deleted. */
    private final Map<Bytes, Write> writes = new LinkedHashMap<>();

    /** Sessions whose lists of znodes end. */
    private final Set<Long> ended = new LinkedHashSet<>();

    private int maxOwned = Integer.MAX_VALUE;

    private boolean undone;

    /**
     * Begins a transaction.
     * @param reads what is known
     * @param revision the revision that its writes get, as far as known
     * @param sessionLease the lease that owns the key of the session
     */
    OptimisticTransaction(ReadSet reads, long revision, long sessionLease) {
        this.reads = reads;
        this.revision = revision;
        this.sessionLease = sessionLease;
    }

    @Override
    public long revision() {
        return this.revision;
    }

    @Override
    public @Nullable KeyValue get(Bytes key) {
        Write write = this.writes.get(key);
        if (write != null) {
            return write.after;
        }
        return stored(key);
    }

    @Override
    public RangeResult range(RangeQuery query) {
        KeyRange range = query.range();
        ReadSet.Known known = this.reads.of(range);
        ((known != null) ? this.used : this.missing).add(range);
        TreeMap<Bytes, KeyValue> kvs = new TreeMap<>();
        if (known != null) {
            kvs.putAll(known.kvs());
        }
        this.writes.forEach((key, write) -> {
            if (range.contains(key)) {
                if (write.after != null) {
                    kvs.put(key, write.after);
                }
                else {
                    kvs.remove(key);
                }
            }
        });
        List<KeyValue> found = new ArrayList<>(kvs.values());
        boolean more = query.limit() > 0 && found.size() > query.limit();
        return new RangeResult(more ? found.subList(0, (int) query.limit()) : found, more, found.size());
    }

    @Override
    public void put(Bytes key, Bytes value, long lease) {
        KeyValue before = get(key);
        TreeKey parsed = TreeKeys.parse(key);
        boolean session = parsed != null && parsed.kind() == TreeKey.Kind.SESSION;
        if (parsed != null && parsed.kind() == TreeKey.Kind.NODE && before == null && isStored(key)) {
            // etcd has no way to begin a key anew in the transaction that deletes it.
            throw new KvException(Code.NOT_SUPPORTED, "deletes and creates " + parsed.path() + " at once", null);
        }
        KeyValue after = new KeyValue(key, value, (before != null) ? before.createRevision() : this.revision,
                this.revision, (before != null) ? before.version() + 1 : 1, session ? this.sessionLease : 0);
        write(key, after);
        if (lease != 0 && !session && before == null) {
            Bytes owned = KeyMapping.owned(lease, key);
            write(owned, new KeyValue(owned, Bytes.EMPTY, this.revision, this.revision, 1, 0));
        }
    }

    /** Deletes keys; returns how many of them are known to be there. */
    @Override
    public long delete(KeyRange range) {
        if (!range.isSingle()) {
            throw new IllegalArgumentException("the tree deletes key by key");
        }
        Bytes key = range.start();
        KeyValue before = known(key);
        write(key, null);
        TreeKey parsed = TreeKeys.parse(key);
        if (before != null && parsed != null && parsed.kind() == TreeKey.Kind.NODE) {
            disown(before, parsed.path());
        }
        return (before != null) ? 1 : 0;
    }

    /**
     * Returns the keys of the znodes that a session owns, and its own, for their
     * deletion: the list of them is deleted here, or that part of it which is told.
     */
    @Override
    public List<Bytes> keysOfLease(long lease) {
        List<Bytes> keys = new ArrayList<>();
        KeyRange owned = KeyMapping.ownedBy(lease);
        ReadSet.Known known = this.reads.of(owned);
        ((known != null) ? this.used : this.missing).add(owned);
        if (known != null) {
            List<Bytes> all = List.copyOf(known.kvs().keySet());
            List<Bytes> some = all.subList(0, Math.min(this.maxOwned, all.size()));
            some.forEach((key) -> keys.add(KeyMapping.znodeOf(key)));
            if (some.size() < all.size()) {
                some.forEach((key) -> write(key, null));
            }
            else {
                this.ended.add(lease);
            }
        }
        if (get(TreeKeys.session(lease)) != null) {
            keys.add(TreeKeys.session(lease));
        }
        return keys;
    }

    @Override
    public void putRow(String table, Bytes row, @Nullable Bytes value) {
        throw new UnsupportedOperationException("a remote cluster has no tables");
    }

    @Override
    public @Nullable Bytes row(String table, Bytes row) {
        throw new UnsupportedOperationException("a remote cluster has no tables");
    }

    /**
     * Tells whether the cluster may be asked to commit: what is not known may be taken
     * for absent, as long as that is not why something cannot be done.
     */
    boolean mayCommit() {
        return this.missing.isEmpty() || (!this.undone && this.missing.stream().allMatch(KeyMapping::isSmall));
    }

    /** Forgets what was to be written, but not what was read. */
    void undo() {
        this.undone = true;
        this.writes.clear();
        this.ended.clear();
    }

    /** Lets {@link #keysOfLease} tell no more znodes than this, so that they fit. */
    void limitOwned(int most) {
        this.maxOwned = most;
    }

    /** Returns what is known of all that was read if this transaction is committed. */
    List<ReadSet.Known> after() {
        List<ReadSet.Known> after = new ArrayList<>();
        Set<KeyRange> ranges = new LinkedHashSet<>(this.used);
        ranges.addAll(this.missing);
        for (KeyRange range : ranges) {
            ReadSet.Known before = this.reads.of(range);
            Map<Bytes, KeyValue> kvs = new LinkedHashMap<>((before != null) ? before.kvs() : Map.of());
            this.writes.forEach((key, write) -> {
                if (range.contains(key)) {
                    kvs.remove(key);
                    if (write.after != null) {
                        kvs.put(key, write.after);
                    }
                }
            });
            after.add(new ReadSet.Known(range, kvs, this.revision));
        }
        return after;
    }

    ReadSet reads() {
        return this.reads;
    }

    Set<KeyRange> used() {
        return this.used;
    }

    Set<KeyRange> missing() {
        return this.missing;
    }

    /** Returns what is to be put and deleted, in the order of the last writes. */
    Map<Bytes, Write> writes() {
        return this.writes;
    }

    Set<Long> ended() {
        return this.ended;
    }

    private boolean isStored(Bytes key) {
        ReadSet.Known known = this.reads.holding(key);
        return known != null && known.kvs().containsKey(key);
    }

    private void write(Bytes key, @Nullable KeyValue after) {
        // The last write of a key decides, and its place among the others.
        this.writes.remove(key);
        this.writes.put(key, new Write(after));
    }

    private void disown(KeyValue znode, String path) {
        Znode gone = Znode.of(path, List.of(znode));
        long owner = (gone != null) ? gone.stat().ephemeralOwner() : 0;
        if (owner != 0) {
            write(KeyMapping.owned(owner, znode.key()), null);
        }
    }

    /** A key as it is before this transaction. */
    private @Nullable KeyValue stored(Bytes key) {
        ReadSet.Known known = this.reads.holding(key);
        if (known == null) {
            this.missing.add(recordOf(key));
            return null;
        }
        this.used.add(known.range());
        return known.kvs().get(key);
    }

    /** A key, if anything is known about it. */
    private @Nullable KeyValue known(Bytes key) {
        Write write = this.writes.get(key);
        if (write != null) {
            return write.after;
        }
        ReadSet.Known known = this.reads.holding(key);
        return (known != null) ? known.kvs().get(key) : null;
    }

    private static KeyRange recordOf(Bytes key) {
        TreeKey parsed = TreeKeys.parse(key);
        if (parsed == null || parsed.kind() == TreeKey.Kind.SESSION || parsed.kind() == TreeKey.Kind.TRANSIENT) {
            return KeyRange.single(key);
        }
        return TreeKeys.record(parsed.path());
    }

    /**
     * A write.
     *
     * @param after the key behind it, or {@code null} if it is deleted
     */
    record Write(@Nullable KeyValue after) {
    }

}
