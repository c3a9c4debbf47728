/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What pages hold comes back, and a single flipped bit is noticed. */
class PageTypeTests {

    @Test
    void keys() {
        Bytes[] keys = { Bytes.EMPTY, Bytes.wrap(new byte[] { 0 }), Bytes.wrap(new byte[] { 0, 0 }), Bytes.utf8("a"),
                Bytes.utf8("aa"), Bytes.utf8("ab"), Bytes.wrap(new byte[] { -1 }) };
        check(new KeyType("test"), keys);
    }

    @Test
    void keysAreOrderedAsUnsignedBytes() {
        Bytes[] keys = { Bytes.utf8("a"), Bytes.wrap(new byte[] { -1 }) };
        KeyType type = new KeyType("test");
        assertThat(type.binarySearch(keys[1], keys, 2, 0)).isEqualTo(1);
        assertThat(type.binarySearch(Bytes.utf8("b"), keys, 2, 0)).isEqualTo(~1);
        assertThat(type.compare(keys[0], keys[1])).isNegative();
    }

    @Test
    void revisions() {
        Long[] revisions = { PackedRevision.of(2, 0), PackedRevision.of(2, 1),
                PackedRevision.of(1L << 40, PackedRevision.MAX_SUB) };
        check(new RevisionType("test"), revisions);
    }

    @Test
    void records() {
        Bytes key = Bytes.utf8("key");
        LogRecord created = new LogRecord(PackedRevision.of(7, 3),
                new KeyValue(key, Bytes.EMPTY, 7, 7, 1, Long.MIN_VALUE), false, PackedRevision.of(6, 0), 0);
        LogRecord changed = new LogRecord(PackedRevision.of(9, 0),
                new KeyValue(key, Bytes.wrap(new byte[300]), 7, 9, 2, 0), false, created.revision(),
                PackedRevision.of(1, 5));
        LogRecord deleted = LogRecord.tombstone(PackedRevision.of(9, 1), key, changed.revision(), 0);
        check(new LogRecordType(), new LogRecord[] { created, changed, deleted });
    }

    @Test
    void indexEntries() {
        WriteBuffer out = new WriteBuffer();
        IndexEntry[] entries = new IndexEntry[3];
        entries[0] = IndexEntry.put(null, Chain.EMPTY, PackedRevision.of(5, 2), 0);
        entries[1] = entries[0];
        for (int i = 6; i < 40; i++) {
            entries[1] = IndexEntry.put(entries[1], entries[1].chain(), PackedRevision.of(i, i), 77);
        }
        entries[2] = entries[1].delete(PackedRevision.of(41, 0));
        new IndexEntryType("test").write(out, entries, entries.length);
        IndexEntry[] back = new IndexEntry[entries.length];
        new IndexEntryType("test").read(out.getBuffer().flip(), back, back.length);
        for (int i = 0; i < entries.length; i++) {
            assertThat(back[i].createRevision()).isEqualTo(entries[i].createRevision());
            assertThat(back[i].version()).isEqualTo(entries[i].version());
            assertThat(back[i].lease()).isEqualTo(entries[i].lease());
            assertThat(back[i].chain().size()).isEqualTo(entries[i].chain().size());
            for (int j = 0; j < back[i].chain().size(); j++) {
                assertThat(back[i].chain().root(j)).isEqualTo(entries[i].chain().root(j));
                assertThat(back[i].chain().rank(j)).isEqualTo(entries[i].chain().rank(j));
            }
        }
    }

    private static <T> void check(ChecksummedType<T> type, T[] items) {
        WriteBuffer out = new WriteBuffer();
        type.write(out, items, items.length);
        ByteBuffer written = out.getBuffer().flip();
        T[] back = type.createStorage(items.length);
        type.read(written.duplicate(), back, back.length);
        assertThat(back).isEqualTo(items);
        for (int bit = 0; bit < written.limit() * 8; bit++) {
            ByteBuffer damaged = ByteBuffer.allocate(written.limit()).put(written.duplicate()).flip();
            damaged.put(bit / 8, (byte) (damaged.get(bit / 8) ^ (1 << (bit % 8))));
            assertThatThrownBy(() -> type.read(damaged, type.createStorage(items.length), items.length))
                .isInstanceOf(ChecksummedType.DamagedPageException.class);
        }
    }

}
