/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * A map whose entries are {@code key=value}. Keeps a durable copy, as a store does that
 * commits in the background: {@link #reopened()} is the state after a crash.
 */
final class MapStateMachine implements RaftStateMachine {

    private final TreeMap<String, String> map = new TreeMap<>();

    private long applied;

    private TreeMap<String, String> durableMap = new TreeMap<>();

    private long durableApplied;

    volatile int applyCalls;

    volatile int images;

    volatile int installs;

    volatile @Nullable String failure;

    volatile MemberId leader = MemberId.NONE;

    final List<Long> appliedIndexes = new ArrayList<>();

    @Override
    public synchronized long appliedIndex() {
        return this.applied;
    }

    @Override
    public synchronized void apply(Iterable<CommittedEntry> entries) {
        this.applyCalls++;
        for (CommittedEntry entry : entries) {
            if (entry.index() <= this.applied) {
                throw new IllegalStateException("Entry " + entry.index() + " after " + this.applied);
            }
            String text = entry.data().toUtf8();
            int split = text.indexOf('=');
            this.map.put(text.substring(0, split), text.substring(split + 1));
            this.applied = entry.index();
            this.appliedIndexes.add(entry.index());
            if (entry.attachment() instanceof CompletableFuture<?> future) {
                complete(future, entry.index());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void complete(CompletableFuture<?> future, long index) {
        ((CompletableFuture<Long>) future).complete(index);
    }

    @Override
    public synchronized void persist() {
        this.durableMap = new TreeMap<>(this.map);
        this.durableApplied = this.applied;
    }

    @Override
    public synchronized Image openImage() {
        this.images++;
        Map<String, String> copy = new TreeMap<>(this.map);
        long index = this.applied;
        return new Image() {

            @Override
            public long appliedIndex() {
                return index;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                DataOutputStream data = new DataOutputStream(out);
                data.writeLong(index);
                data.writeInt(copy.size());
                for (Map.Entry<String, String> entry : copy.entrySet()) {
                    data.writeUTF(entry.getKey());
                    data.writeUTF(entry.getValue());
                }
            }

            @Override
            public void close() {
            }

        };
    }

    @Override
    public synchronized void install(InputStream image) throws IOException {
        DataInputStream data = new DataInputStream(image);
        long index = data.readLong();
        TreeMap<String, String> next = new TreeMap<>();
        int count = data.readInt();
        for (int i = 0; i < count; i++) {
            next.put(data.readUTF(), data.readUTF());
        }
        if (data.read() >= 0) {
            throw new IOException("More than an image");
        }
        this.map.clear();
        this.map.putAll(next);
        this.applied = index;
        this.installs++;
        persist();
    }

    @Override
    public void leaderChanged(MemberId leader, long term) {
        this.leader = leader;
    }

    @Override
    public void failed(@Nullable String reason) {
        this.failure = reason;
    }

    synchronized Map<String, String> content() {
        return new TreeMap<>(this.map);
    }

    /** What a process finds that starts after this one was killed. */
    synchronized MapStateMachine reopened() {
        MapStateMachine next = new MapStateMachine();
        next.map.putAll(this.durableMap);
        next.applied = this.durableApplied;
        next.durableMap = new TreeMap<>(this.durableMap);
        next.durableApplied = this.durableApplied;
        return next;
    }

    static Bytes entry(String key, String value) {
        return Bytes.utf8(key + "=" + value);
    }

}
