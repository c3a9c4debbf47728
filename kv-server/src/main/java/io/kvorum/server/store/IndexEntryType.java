/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;

import org.h2.mvstore.WriteBuffer;

/** Index entries as values of a page; also how an image holds them. */
final class IndexEntryType extends ChecksummedType<IndexEntry> {

    IndexEntryType(String map) {
        super("entries of " + map);
    }

    @Override
    void encode(WriteBuffer out, IndexEntry[] items, int count) {
        for (int i = 0; i < count; i++) {
            encode(out, items[i]);
        }
    }

    @Override
    void decode(ByteBuffer in, IndexEntry[] items, int count) {
        for (int i = 0; i < count; i++) {
            items[i] = decode(in);
        }
    }

    static void encode(WriteBuffer out, IndexEntry entry) {
        Chain chain = entry.chain();
        boolean leased = entry.lease() != 0;
        out.putVarInt(chain.size() << 1 | (leased ? 1 : 0));
        long newer = chain.newest();
        out.putVarLong(PackedRevision.main(newer)).putVarInt(PackedRevision.sub(newer)).put(chain.rank(0));
        for (int i = 1; i < chain.size(); i++) {
            Varints.writeRevision(out, newer, chain.root(i));
            out.put(chain.rank(i));
            newer = chain.root(i);
        }
        out.putVarLong(entry.version());
        if (entry.version() != 0) {
            out.putVarLong(PackedRevision.main(chain.newest()) - entry.createRevision());
        }
        if (leased) {
            out.putLong(entry.lease());
        }
    }

    static IndexEntry decode(ByteBuffer in) {
        int head = Varints.readInt(in);
        int size = head >>> 1;
        long main = Varints.readLong(in);
        long newest = PackedRevision.of(main, Varints.readInt(in));
        byte newestRank = in.get();
        long[] roots = new long[size - 1];
        byte[] ranks = new byte[size - 1];
        long newer = newest;
        for (int i = 0; i < size - 1; i++) {
            roots[i] = Varints.readRevision(in, newer);
            ranks[i] = in.get();
            newer = roots[i];
        }
        long version = Varints.readLong(in);
        long create = (version != 0) ? main - Varints.readLong(in) : 0;
        long lease = ((head & 1) != 0) ? in.getLong() : 0;
        return new IndexEntry(create, version, lease, Chain.of(newest, newestRank, roots, ranks));
    }

    @Override
    public int getMemory(IndexEntry obj) {
        return obj.memoryBytes();
    }

    @Override
    public IndexEntry[] createStorage(int size) {
        return new IndexEntry[size];
    }

}
