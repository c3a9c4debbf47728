/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.util.concurrent.CompletableFuture;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.StreamObserver;

import io.kvorum.proto.v3lockpb.LockGrpc;
import io.kvorum.proto.v3lockpb.LockRequest;
import io.kvorum.proto.v3lockpb.LockResponse;
import io.kvorum.proto.v3lockpb.UnlockRequest;
import io.kvorum.proto.v3lockpb.UnlockResponse;
import io.kvorum.server.command.DeleteRangeOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.etcd3.ResponseHeaders;

/** Locks that a lease holds ({@code v3lockpb.Lock}). Any thread; nothing blocks. */
public final class LockService extends LockGrpc.LockImplBase {

    private final KvNode node;

    private final Contests contests;

    private final ResponseHeaders headers;

    /**
     * Creates the service.
     * @param node the member
     * @param maxRequestBytes size of a name (etcd: max-request-bytes); at the limit the
     * request is refused
     */
    public LockService(KvNode node, int maxRequestBytes) {
        this.node = node;
        this.contests = new Contests(node, maxRequestBytes);
        this.headers = new ResponseHeaders(node);
    }

    @Override
    public void lock(LockRequest request, StreamObserver<LockResponse> observer) {
        Contest contest = Contest.of(request.getName());
        Calls.answer(observer,
                (gone) -> this.contests.lease(request.getLease())
                    .thenCompose((lease) -> this.contests.enter(contest, lease, Bytes.EMPTY, gone))
                    .thenCompose((entry) -> entry.first() ? answer(entry.contender(), entry.revision())
                            : await(contest, entry.contender(), gone)));
    }

    @Override
    public void unlock(UnlockRequest request, StreamObserver<UnlockResponse> observer) {
        Calls.answer(observer, (gone) -> {
            if (request.getKey().isEmpty()) {
                throw new KvException(Code.EMPTY_KEY);
            }
            KeyRange key = KeyRange.single(Contests.bytes(request.getKey()));
            return this.node.propose(new DeleteRangeOperation(key, false))
                .thenApply(
                        (result) -> UnlockResponse.newBuilder().setHeader(this.headers.at(result.revision())).build());
        });
    }

    private CompletableFuture<LockResponse> await(Contest contest, Contender contender, CompletableFuture<Void> gone) {
        return this.contests.awaitTurn(contest, contender, gone).whenComplete((revision, failure) -> {
            if (failure != null) {
                // etcd: who waited in vain takes its key away, even if somebody else with
                // the same lease put it there.
                this.contests.leave(contender);
            }
        }).thenCompose((revision) -> {
            if (revision < 0) {
                throw Calls.error("mutex: session is expired");
            }
            return answer(contender, revision);
        });
    }

    private CompletableFuture<LockResponse> answer(Contender contender, long revision) {
        return CompletableFuture.completedFuture(LockResponse.newBuilder()
            .setHeader(this.headers.at(revision))
            .setKey(UnsafeByteOperations.unsafeWrap(contender.key().array()))
            .build());
    }

}
