/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.raft.disk.ChecksummedFile;
import io.kvorum.server.raft.disk.DamagedFileException;

/**
 * The file that says up to where the state is durable, with the term and the
 * configuration of that index. While an image replaces the state, it also names the index
 * of that image: after a crash in between, the state itself tells which of the two is
 * true.
 */
final class SnapshotMark {

    private static final int MAGIC = 0x4b564d4b;

    private static final int FORMAT_VERSION = 1;

    private final Path path;

    private final ChecksummedFile file;

    SnapshotMark(Path path, boolean fsync) {
        this.path = path;
        this.file = new ChecksummedFile(path, MAGIC, FORMAT_VERSION, fsync);
    }

    /** Returns the mark that fits a state with the given applied index. */
    @Nullable SnapshotMeta read(long appliedIndex) throws IOException {
        byte[] content = this.file.read();
        if (content == null) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(content);
        SnapshotMeta current = next(fields);
        SnapshotMeta installing = next(fields);
        return (installing != null && installing.getLastIncludedIndex() <= appliedIndex) ? installing : current;
    }

    void write(SnapshotMeta mark) throws IOException {
        write(mark, null);
    }

    void write(@Nullable SnapshotMeta current, @Nullable SnapshotMeta installing) throws IOException {
        byte[] first = (current != null) ? current.toByteArray() : new byte[0];
        byte[] second = (installing != null) ? installing.toByteArray() : new byte[0];
        this.file.write(ByteBuffer.allocate(8 + first.length + second.length)
            .putInt(first.length)
            .put(first)
            .putInt(second.length)
            .put(second)
            .array());
    }

    private @Nullable SnapshotMeta next(ByteBuffer fields) throws IOException {
        byte[] bytes = new byte[fields.getInt()];
        fields.get(bytes);
        try {
            return (bytes.length != 0) ? SnapshotMeta.parseFrom(bytes) : null;
        }
        catch (InvalidProtocolBufferException ex) {
            throw new DamagedFileException(this.path, 0, String.valueOf(ex.getMessage()));
        }
    }

}
