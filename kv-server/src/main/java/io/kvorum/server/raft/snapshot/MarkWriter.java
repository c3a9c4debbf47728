/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.io.IOException;
import java.util.Set;

import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/** Moves the mark. The state was made durable before the engine calls this. */
final class MarkWriter extends SnapshotWriter {

    private final MarkStorage storage;

    MarkWriter(MarkStorage storage) {
        this.storage = storage;
    }

    @Override
    public boolean saveMeta(SnapshotMeta meta) {
        try {
            this.storage.mark(meta);
            return true;
        }
        catch (IOException ex) {
            setError(RaftError.EIO, "%s", ex.getMessage());
            return false;
        }
    }

    @Override
    public boolean init(@Nullable Void options) {
        return true;
    }

    @Override
    public void shutdown() {
    }

    @Override
    public String getPath() {
        return "";
    }

    @Override
    public Set<String> listFiles() {
        return Set.of();
    }

    @Override
    public @Nullable Message getFileMeta(String fileName) {
        return null;
    }

    @Override
    public boolean addFile(String fileName, @Nullable Message fileMeta) {
        return false;
    }

    @Override
    public boolean removeFile(String fileName) {
        return false;
    }

    @Override
    public void close() {
    }

    @Override
    public void close(boolean keepDataOnError) {
    }

}
