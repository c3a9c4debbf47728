/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.RaftMember;
import io.kvorum.server.raft.RaftStateMachine;
import io.kvorum.server.raft.RaftStateMachine.CommittedEntry;
import io.kvorum.server.raft.RaftStatus;

/**
 * The leader of a group of one that keeps its log in memory: entries are committed when
 * they are proposed, and applied in order by one thread.
 */
final class SoloMember implements RaftMember {

    private static final CommittedEntry STOP = new CommittedEntry(0, 0, Bytes.EMPTY, null);

    private final MemberId self;

    private final RaftStateMachine machine;

    private final LinkedBlockingQueue<CommittedEntry> log = new LinkedBlockingQueue<>();

    private final Thread applier = new Thread(this::apply, "solo-applier");

    private long lastIndex;

    SoloMember(MemberId self, RaftStateMachine machine) {
        this.self = self;
        this.machine = machine;
        this.lastIndex = machine.appliedIndex();
        this.applier.start();
    }

    @Override
    public synchronized void propose(Bytes entry, Object attachment, ProposalCallback callback) {
        this.lastIndex++;
        this.log.add(new CommittedEntry(this.lastIndex, 2, entry, attachment));
    }

    @Override
    public CompletableFuture<Void> readIndex() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void announceCommit(long index) {
        // Nobody else is in this group.
    }

    @Override
    public synchronized RaftStatus status() {
        return new RaftStatus(RaftStatus.Role.LEADER, this.self, 2, this.lastIndex, this.lastIndex,
                this.machine.appliedIndex(), List.of(this.self), "");
    }

    @Override
    public boolean isConfirmedLeader() {
        return true;
    }

    @Override
    public CompletableFuture<Void> transferLeadership(MemberId target) {
        return CompletableFuture.failedFuture(new KvException(Code.BAD_LEADER_TRANSFEREE));
    }

    @Override
    public CompletableFuture<byte[]> call(MemberId target, byte kind, byte[] request, long timeoutMillis) {
        return CompletableFuture.failedFuture(new KvException(Code.MEMBER_NOT_FOUND));
    }

    @Override
    public void close() {
        this.log.add(STOP);
        try {
            this.applier.join();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply() {
        this.machine.leaderChanged(this.self, 2);
        List<CommittedEntry> run = new ArrayList<>();
        try {
            while (!run.contains(STOP)) {
                run.clear();
                run.add(this.log.take());
                this.log.drainTo(run);
                this.machine.apply(run.stream().filter((entry) -> !STOP.equals(entry)).toList());
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
