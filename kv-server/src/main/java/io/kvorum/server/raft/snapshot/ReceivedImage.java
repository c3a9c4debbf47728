/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/** An image that was received completely and verified; its file goes with this object. */
final class ReceivedImage extends SnapshotReader {

    private final SnapshotMeta meta;

    private final Path spool;

    ReceivedImage(SnapshotMeta meta, Path spool) {
        this.meta = meta;
        this.spool = spool;
    }

    InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(this.spool), 1 << 16);
    }

    @Override
    public SnapshotMeta load() {
        return this.meta;
    }

    @Override
    public @Nullable String generateURIForCopy() {
        return null;
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
        return this.spool.toString();
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
    public void close() throws IOException {
        Files.deleteIfExists(this.spool);
    }

}
