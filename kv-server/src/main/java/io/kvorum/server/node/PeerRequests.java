/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.raft.PeerCallException;
import io.kvorum.server.raft.PeerRequestHandler;
import io.kvorum.server.raft.RaftMember;
import io.kvorum.server.raft.RaftMember.ProposalCallback;

/**
 * What members ask of the leader: put an entry into the log, renew a lease, tell its
 * rest. Both sides are here, so that the encoding is in one place.
 */
final class PeerRequests implements PeerRequestHandler {

    private static final byte FORWARD = 1;

    private static final byte KEEP_ALIVE = 2;

    private static final byte TIME_TO_LIVE = 3;

    private static final byte OK = 0;

    private static final byte NOT_PROPOSED = 1;

    private static final byte UNKNOWN = 2;

    private final Supplier<RaftMember> raft;

    private final LeaderLeases leases;

    private final long timeoutMillis;

    PeerRequests(Supplier<RaftMember> raft, LeaderLeases leases, NodeSettings settings) {
        this.raft = raft;
        this.leases = leases;
        this.timeoutMillis = settings.requestTimeout().toMillis();
    }

    /** Hands an entry to the leader. */
    void forward(MemberId leader, Bytes entry, Proposer.Outcome outcome) {
        this.raft.get().call(leader, FORWARD, entry.array(), this.timeoutMillis).whenComplete((answer, failure) -> {
            if (failure != null) {
                Throwable cause = unwrap(failure);
                boolean sent = !(cause instanceof PeerCallException ex) || ex.sent();
                outcome.failed(sent ? Proposer.Outcome.Kind.UNKNOWN : Proposer.Outcome.Kind.NOT_PROPOSED,
                        String.valueOf(cause.getMessage()));
            }
            else if (answer[0] != OK) {
                outcome.failed((answer[0] == NOT_PROPOSED) ? Proposer.Outcome.Kind.NOT_PROPOSED
                        : Proposer.Outcome.Kind.UNKNOWN, "refused by " + leader);
            }
        });
    }

    CompletableFuture<Long> keepAlive(MemberId leader, long lease) {
        return this.raft.get()
            .call(leader, KEEP_ALIVE, longs(lease), this.timeoutMillis)
            .thenApply((answer) -> ByteBuffer.wrap(accepted(answer)).getLong(1));
    }

    CompletableFuture<LeaderLeases.Rest> timeToLive(MemberId leader, long lease) {
        return this.raft.get().call(leader, TIME_TO_LIVE, longs(lease), this.timeoutMillis).thenApply((answer) -> {
            ByteBuffer fields = ByteBuffer.wrap(accepted(answer));
            return new LeaderLeases.Rest(fields.getLong(1), fields.getLong(1 + Long.BYTES));
        });
    }

    @Override
    public CompletableFuture<byte[]> handle(MemberId from, byte kind, byte[] request) {
        return switch (kind) {
            case FORWARD -> proposeFor(Bytes.wrap(request));
            case KEEP_ALIVE -> answer(this.leases.keepAlive(lease(request)).thenApply((ttl) -> okWith(ttl)));
            case TIME_TO_LIVE -> answer(this.leases.timeToLive(lease(request))
                .thenApply((rest) -> okWith(rest.remainingSeconds(), rest.grantedSeconds())));
            default ->
                CompletableFuture.failedFuture(new IllegalArgumentException("unknown kind of peer request: " + kind));
        };
    }

    private CompletableFuture<byte[]> proposeFor(Bytes entry) {
        CompletableFuture<Void> inLog = new CompletableFuture<>();
        CompletableFuture<byte[]> answer = inLog.thenApply((done) -> new byte[] { OK });
        ProposalCallback refused = (certain, reason) -> answer
            .complete(new byte[] { certain ? NOT_PROPOSED : UNKNOWN });
        this.raft.get().propose(entry, new ReplicatedState.ForwardedBatch(inLog), refused);
        return answer;
    }

    /** A member that does not lead says so instead of an answer. */
    private static CompletableFuture<byte[]> answer(CompletableFuture<byte[]> result) {
        return result.exceptionally((failure) -> new byte[] { NOT_PROPOSED });
    }

    private static byte[] accepted(byte[] answer) {
        if (answer[0] != OK) {
            throw new KvException(Code.NOT_LEADER);
        }
        return answer;
    }

    private static byte[] okWith(long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(1 + values.length * Long.BYTES).put(OK);
        for (long value : values) {
            buffer.putLong(value);
        }
        return buffer.array();
    }

    private static byte[] longs(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static long lease(byte[] request) {
        return ByteBuffer.wrap(request).getLong();
    }

    static Throwable unwrap(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return (cause != null) ? cause : new IllegalStateException("no failure");
    }

}
