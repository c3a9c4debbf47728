/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Result;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.raft.RaftMember;
import io.kvorum.server.raft.RaftStatus;
import io.kvorum.server.state.KvState;
import io.kvorum.server.store.KvStore;
import io.kvorum.server.store.ReadView;

/**
 * What an operator asks of this member. Long work runs on one thread, one thing after the
 * other.
 */
final class NodeMaintenance implements Maintenance {

    private final KvStore store;

    private final KvState state;

    private final Readers readers;

    private final Compaction compaction;

    private final Supplier<RaftMember> raft;

    private final Executor slow;

    private final long quotaBytes;

    NodeMaintenance(KvStore store, KvState state, Readers readers, Compaction compaction, Supplier<RaftMember> raft,
            Executor slow, long quotaBytes) {
        this.store = store;
        this.state = state;
        this.readers = readers;
        this.compaction = compaction;
        this.raft = raft;
        this.slow = slow;
        this.quotaBytes = quotaBytes;
    }

    @Override
    public Status status() {
        ReadView view = this.store.view();
        KvStore.StoreSize size = this.store.size();
        RaftStatus raftStatus = this.raft.get().status();
        return new Status(view.revision(), view.compactRevision(), raftStatus.lastIndex(), raftStatus.appliedIndex(),
                size.allocatedBytes(), size.inUseBytes(), this.quotaBytes, raftStatus.role() == RaftStatus.Role.LEARNER,
                errors(raftStatus));
    }

    @Override
    public @Nullable String damage() {
        return this.store.damage();
    }

    @Override
    public List<Result.Alarm> alarms() {
        return this.state.alarms();
    }

    @Override
    public CompletableFuture<Hash> hash(long revision) {
        return this.readers.submit((view) -> {
            ReadView.Hash hash = view.hash(revision);
            return new Hash(hash.hash(), hash.compactRevision(), hash.revision());
        });
    }

    @Override
    public CompletableFuture<Void> defragment() {
        return onSlowThread(this.store::defragment);
    }

    @Override
    public CompletableFuture<Void> awaitCompaction() {
        return this.compaction.awaitDone();
    }

    @Override
    public CompletableFuture<Void> snapshot(SnapshotTarget target) {
        return onSlowThread(() -> {
            try (KvStore.StoreImage image = this.store.openImage(); OutputStream out = target.open(image.sizeBytes())) {
                image.writeTo(out);
            }
        });
    }

    private CompletableFuture<Void> onSlowThread(SlowWork work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        this.slow.execute(() -> {
            try {
                work.run();
                done.complete(null);
            }
            catch (IOException ex) {
                done.completeExceptionally(new KvException(Code.NO_SPACE, String.valueOf(ex.getMessage()), ex));
            }
            catch (RuntimeException | Error ex) {
                done.completeExceptionally(ex);
            }
        });
        return done;
    }

    /** What is wrong, in etcd's words. */
    private List<String> errors(RaftStatus raftStatus) {
        List<String> errors = new ArrayList<>();
        if (raftStatus.leader().value() == 0) {
            errors.add("etcdserver: no leader");
        }
        this.state.alarms()
            .forEach((alarm) -> errors.add(String.format(Locale.ROOT, "memberID:%s alarm:%s ",
                    Long.toUnsignedString(alarm.memberId()), alarm.type())));
        String damage = damage();
        if (damage != null) {
            errors.add(damage);
        }
        if (!raftStatus.failure().isEmpty()) {
            errors.add(raftStatus.failure());
        }
        return errors;
    }

    /** Work that blocks. */
    @FunctionalInterface
    private interface SlowWork {

        void run() throws IOException;

    }

}
