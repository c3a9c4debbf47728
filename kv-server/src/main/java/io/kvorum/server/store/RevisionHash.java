/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The hash that members compare. It covers what a finished compaction leaves, so it does
 * not matter how far the removal of records has come on a member; nor do links between
 * records matter, which differ with it.
 */
final class RevisionHash {

    private static final int FIXED_BYTES = 6 * Long.BYTES + 1;

    private final Snapshot snapshot;

    private final long lastCompacted;

    private final CRC32C crc = new CRC32C();

    private final ByteBuffer fixed = ByteBuffer.allocate(FIXED_BYTES);

    private RevisionHash(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.lastCompacted = PackedRevision.last(snapshot.state().compactRevision());
    }

    static ReadView.Hash of(Snapshot snapshot, long revision) {
        long upTo = snapshot.checkReadable(revision);
        int hash = new RevisionHash(snapshot).compute(PackedRevision.last(upTo));
        return new ReadView.Hash(hash, snapshot.state().compactRevision(), upTo);
    }

    private int compute(long limit) {
        boolean compacting = this.snapshot.state().compacting();
        Cursor<Long, LogRecord> cursor = this.snapshot.maps().log().cursor(null, limit, false);
        while (cursor.hasNext()) {
            long revision = cursor.next();
            LogRecord found = cursor.getValue();
            if (!compacting || revision > this.lastCompacted || isKept(found)) {
                update(found);
            }
        }
        return (int) this.crc.getValue();
    }

    /** Tells whether a compaction that is under way will leave the record. */
    private boolean isKept(LogRecord candidate) {
        if (candidate.tombstone()
                && PackedRevision.main(candidate.revision()) < this.snapshot.state().compactRevision()) {
            return false;
        }
        Bytes key = candidate.kv().key();
        IndexEntry entry = entry(key);
        if (entry == null) {
            return false;
        }
        LogRecord newest = this.snapshot.at(entry, this.lastCompacted);
        return newest != null && newest.revision() == candidate.revision();
    }

    private @Nullable IndexEntry entry(Bytes key) {
        IndexEntry living = this.snapshot.maps().index().get(key);
        return (living != null) ? living : this.snapshot.maps().dead().get(key);
    }

    private void update(LogRecord found) {
        KeyValue kv = found.kv();
        this.fixed.clear()
            .putLong(found.revision())
            .put((byte) (found.tombstone() ? 1 : 0))
            .putLong(kv.createRevision())
            .putLong(kv.version())
            .putLong(kv.lease())
            .putLong(kv.key().length())
            .putLong(kv.value().length())
            .flip();
        this.crc.update(this.fixed);
        this.crc.update(kv.key().array());
        this.crc.update(kv.value().array());
    }

}
