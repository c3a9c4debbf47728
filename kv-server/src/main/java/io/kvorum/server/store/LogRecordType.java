/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.ByteBuffer;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;
import org.h2.mvstore.WriteBuffer;

/** Records of the log as values of a page; also how an image holds them. */
final class LogRecordType extends ChecksummedType<LogRecord> {

    private static final int TOMBSTONE = 1;

    private static final int HAS_LEASE = 1 << 1;

    private static final int HAS_PREVIOUS = 1 << 2;

    private static final int HAS_JUMP = 1 << 3;

    private static final int FIRST_VERSION = 1 << 4;

    LogRecordType() {
        super("records of the log");
    }

    @Override
    void encode(WriteBuffer out, LogRecord[] items, int count) {
        for (int i = 0; i < count; i++) {
            encode(out, items[i]);
        }
    }

    @Override
    void decode(ByteBuffer in, LogRecord[] items, int count) {
        for (int i = 0; i < count; i++) {
            items[i] = decode(in);
        }
    }

    static void encode(WriteBuffer out, LogRecord record) {
        KeyValue kv = record.kv();
        int flags = flags(record);
        out.put((byte) flags)
            .putVarLong(PackedRevision.main(record.revision()))
            .putVarInt(PackedRevision.sub(record.revision()));
        Varints.writeBytes(out, kv.key());
        if ((flags & HAS_PREVIOUS) != 0) {
            Varints.writeRevision(out, record.revision(), record.previous());
        }
        if ((flags & HAS_JUMP) != 0) {
            Varints.writeRevision(out, record.revision(), record.jump());
        }
        if (record.tombstone()) {
            return;
        }
        if ((flags & FIRST_VERSION) == 0) {
            out.putVarLong(kv.modRevision() - kv.createRevision()).putVarLong(kv.version());
        }
        if ((flags & HAS_LEASE) != 0) {
            out.putLong(kv.lease());
        }
        Varints.writeBytes(out, kv.value());
    }

    static LogRecord decode(ByteBuffer in) {
        int flags = in.get();
        long main = Varints.readLong(in);
        long revision = PackedRevision.of(main, Varints.readInt(in));
        Bytes key = Varints.readBytes(in);
        long previous = ((flags & HAS_PREVIOUS) != 0) ? Varints.readRevision(in, revision) : 0;
        long jump = ((flags & HAS_JUMP) != 0) ? Varints.readRevision(in, revision) : 0;
        if ((flags & TOMBSTONE) != 0) {
            return LogRecord.tombstone(revision, key, previous, jump);
        }
        boolean first = (flags & FIRST_VERSION) != 0;
        long create = first ? main : main - Varints.readLong(in);
        long version = first ? 1 : Varints.readLong(in);
        long lease = ((flags & HAS_LEASE) != 0) ? in.getLong() : 0;
        KeyValue kv = new KeyValue(key, Varints.readBytes(in), create, main, version, lease);
        return new LogRecord(revision, kv, false, previous, jump);
    }

    private static int flags(LogRecord record) {
        int flags = 0;
        if (record.tombstone()) {
            flags |= TOMBSTONE;
        }
        else if (record.kv().version() == 1 && record.kv().createRevision() == record.kv().modRevision()) {
            flags |= FIRST_VERSION;
        }
        if (record.kv().lease() != 0) {
            flags |= HAS_LEASE;
        }
        if (record.previous() != 0) {
            flags |= HAS_PREVIOUS;
        }
        if (record.jump() != 0) {
            flags |= HAS_JUMP;
        }
        return flags;
    }

    @Override
    public int getMemory(LogRecord obj) {
        return obj.memoryBytes();
    }

    // Values differ a lot in size; an average over a sample would misjudge what waits to
    // be committed.
    @Override
    public boolean isMemoryEstimationAllowed() {
        return false;
    }

    @Override
    public LogRecord[] createStorage(int size) {
        return new LogRecord[size];
    }

}
