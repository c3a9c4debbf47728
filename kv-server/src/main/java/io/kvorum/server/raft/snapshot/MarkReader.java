/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.util.Set;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.storage.snapshot.Snapshot;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/**
 * The mark as the engine reads it: at start-up only its metadata; for another member, an
 * image that is opened on demand and closed with this reader.
 */
final class MarkReader extends SnapshotReader {

    private final SnapshotMeta meta;

    private final PeerId self;

    private final ImageSenders senders;

    private long senderId;

    MarkReader(SnapshotMeta meta, PeerId self, ImageSenders senders) {
        this.meta = meta;
        this.self = self;
        this.senders = senders;
    }

    @Override
    public SnapshotMeta load() {
        return this.meta;
    }

    /**
     * Opens an image. Should that not be possible now, the name leads nowhere and the
     * engine tries again later; to answer with no name would stop this member.
     */
    @Override
    public String generateURIForCopy() {
        this.senderId = this.senders.open(this.meta);
        return Snapshot.REMOTE_SNAPSHOT_URI_SCHEME + this.self.getEndpoint() + "/" + this.senderId;
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
    public void close() {
        this.senders.close(this.senderId);
    }

}
